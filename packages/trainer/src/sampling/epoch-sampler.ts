/** Shuffled passes over all examples. */
import { StateError } from '@edgebeat/ecg';
import { type GeneratorState, RandomGenerator } from '../random/random-generator.js';
import { requireCount } from '../recipe-error.js';
import { Deck, type DeckState } from './deck.js';
import type { Sampler } from './sampler.js';

export interface EpochSamplerOptions {
  /** Number of examples. */
  readonly examples: number;
  readonly batchSize: number;
  /** Forked, never drawn from. */
  readonly generator: RandomGenerator;
}

export interface EpochSamplerState {
  readonly kind: 'epoch';
  readonly examples: number;
  readonly generator: GeneratorState;
  readonly deck: DeckState;
}

/**
 * Passes follow one another without a seam: the batch in which one ends goes on with the next, so that every batch is full
 * and no example is ever left out. A batch holds no example twice as long as there are `batchSize` of them.
 */
export class EpochSampler implements Sampler<EpochSamplerState> {
  readonly batchSize: number;
  readonly #examples: number;
  #generator: RandomGenerator;
  #deck: Deck;

  /** @throws RecipeError unless `examples` and `batchSize` are whole numbers from 1 on. */
  constructor({ examples, batchSize, generator }: EpochSamplerOptions) {
    requireCount('the number of examples', examples);
    requireCount('the batch size', batchSize);
    this.batchSize = batchSize;
    this.#examples = examples;
    this.#generator = generator;
    this.#deck = new Deck(examples, generator);
  }

  next(): Int32Array {
    return Int32Array.from(this.#deck.deal(this.batchSize));
  }

  state(): EpochSamplerState {
    return { kind: 'epoch', examples: this.#examples, generator: this.#generator.state(), deck: this.#deck.state() };
  }

  /** @throws StateError for a state of another sampler or another number of examples. The batch size may differ. */
  restore({ kind, examples, generator, deck }: EpochSamplerState): void {
    if (kind !== 'epoch') throw new StateError(`saved sampler is of kind ${kind}, not epoch`);
    if (examples !== this.#examples)
      throw new StateError(`saved sampler has ${examples} examples, there are ${this.#examples}`);
    const saved = RandomGenerator.restore(generator);
    const restored = new Deck(examples, saved);
    restored.restore(deck);
    this.#generator = saved;
    this.#deck = restored;
  }
}
