/**
 * Batches of P classes with K examples each, as batch-hard triplet loss wants them (Hermans, Beyer and Leibe, "In Defense
 * of the Triplet Loss for Person Re-Identification", 2017). A class is a person in most recipes.
 */
import { StateError } from '@edgebeat/ecg';
import { type GeneratorState, RandomGenerator } from '../random/random-generator.js';
import { RecipeError, requireCount } from '../recipe-error.js';
import { Deck, type DeckState } from './deck.js';
import type { Sampler } from './sampler.js';

export interface BalancedSamplerOptions {
  /** Class of each example, any whole numbers. */
  readonly classes: ArrayLike<number>;
  /** P. */
  readonly classesPerBatch: number;
  /** K. */
  readonly examplesPerClass: number;
  /** Forked, never drawn from. */
  readonly generator: RandomGenerator;
}

export interface BalancedSamplerState {
  readonly kind: 'balanced';
  readonly generator: GeneratorState;
  /** Number of examples of each class, in ascending order of the classes. */
  readonly sizes: readonly number[];
  readonly classes: DeckState;
  readonly examples: readonly DeckState[];
}

/**
 * All classes come equally often, however many examples they have: a pass over the classes takes each once, and each class
 * deals its own examples in passes. The P classes of a batch differ; the K examples of a class differ unless it has fewer.
 */
export class BalancedSampler implements Sampler<BalancedSamplerState> {
  readonly batchSize: number;
  readonly #classesPerBatch: number;
  readonly #examplesPerClass: number;
  /** Examples of each class. */
  readonly #members: readonly Int32Array[];
  #generator: RandomGenerator;
  #decks: Decks;

  /** @throws RecipeError unless P and K are whole numbers from 1 on and there are P classes. */
  constructor({ classes, classesPerBatch, examplesPerClass, generator }: BalancedSamplerOptions) {
    requireCount('the number of classes per batch', classesPerBatch);
    requireCount('the number of examples per class', examplesPerClass);
    this.#members = membersOf(classes);
    if (this.#members.length < classesPerBatch)
      throw new RecipeError(
        `batches of ${classesPerBatch} classes were asked for, the examples have ${this.#members.length}`,
        'Ask for fewer classes per batch, or give examples of more.',
      );
    this.batchSize = classesPerBatch * examplesPerClass;
    this.#classesPerBatch = classesPerBatch;
    this.#examplesPerClass = examplesPerClass;
    this.#generator = generator;
    this.#decks = decksOf(this.#members, generator);
  }

  /** @returns the indices class by class: P runs of K. */
  next(): Int32Array {
    const batch = new Int32Array(this.batchSize);
    let at = 0;
    for (const index of this.#decks.classes.deal(this.#classesPerBatch)) {
      const members = this.#members[index]!;
      for (const card of this.#decks.examples[index]!.deal(this.#examplesPerClass)) batch[at++] = members[card]!;
    }
    return batch;
  }

  state(): BalancedSamplerState {
    return {
      kind: 'balanced',
      generator: this.#generator.state(),
      sizes: this.#members.map((members) => members.length),
      classes: this.#decks.classes.state(),
      examples: this.#decks.examples.map((deck) => deck.state()),
    };
  }

  /** @throws StateError for a state of another sampler, other classes or other numbers of examples. P and K may differ. */
  restore({ kind, generator, sizes, classes, examples }: BalancedSamplerState): void {
    if (kind !== 'balanced') throw new StateError(`saved sampler is of kind ${kind}, not balanced`);
    const same = sizes.length === this.#members.length && this.#members.every(({ length }, i) => length === sizes[i]);
    if (!same || examples.length !== sizes.length)
      throw new StateError('saved sampler has other classes, or other numbers of examples of them');
    const saved = RandomGenerator.restore(generator);
    const decks = decksOf(this.#members, saved);
    decks.classes.restore(classes);
    for (const [i, deck] of decks.examples.entries()) deck.restore(examples[i]!);
    this.#generator = saved;
    this.#decks = decks;
  }
}

interface Decks {
  readonly classes: Deck;
  readonly examples: readonly Deck[];
}

function decksOf(members: readonly Int32Array[], generator: RandomGenerator): Decks {
  const examples = generator.fork('examples');
  return {
    classes: new Deck(members.length, generator.fork('classes')),
    examples: members.map(({ length }, i) => new Deck(length, examples.fork(i))),
  };
}

/** Indices of the examples of each class, in ascending order of the classes. */
function membersOf(classes: ArrayLike<number>): Int32Array[] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < classes.length; i++) {
    const found = members.get(classes[i]!);
    if (found) found.push(i);
    else members.set(classes[i]!, [i]);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, indices]) => Int32Array.from(indices));
}
