/** Batches of augmented, z-scored activity windows with their labels. */
import { normalize, StateError } from '@edgebeat/ecg';
import type { WindowAugmenter } from '../../augment/window-augmenter.js';
import type { BatchSource } from '../../loop/batch-source.js';
import { type GeneratorState, RandomGenerator } from '../../random/random-generator.js';
import { requireCount } from '../../recipe-error.js';
import { EpochSampler, type EpochSamplerState } from '../../sampling/epoch-sampler.js';
import type { Batch } from '../../step/step-session.js';
import { type LabelledStretch, windowStarts } from './activity-examples.js';

/** Names of the batch's inputs beside the model's own `signal`. */
export const labelInputs = { identity: 'identity_label', activity: 'activity_label' } as const;

export interface ActivityBatchesOptions {
  /** Recordings of persons. */
  readonly recorded: readonly LabelledStretch[];
  /** Simulated signal; may be empty where `syntheticPerBatch` is 0. */
  readonly synthetic: readonly LabelledStretch[];
  readonly batch: number;
  readonly syntheticPerBatch: number;
  /** Samples of a window. */
  readonly length: number;
  readonly augmenter: WindowAugmenter;
  /** Forked, never drawn from. */
  readonly generator: RandomGenerator;
}

export interface ActivityBatchesState {
  readonly generator: GeneratorState;
  readonly recorded: EpochSamplerState;
  readonly synthetic?: EpochSamplerState;
}

/** Samples from one possible window to the next: half a second. The augmenter's jitter reaches the places between. */
const HOP = 125;

/** Each row is one example; recorded ones come first, synthetic ones last. */
export class ActivityBatches implements BatchSource<ActivityBatchesState> {
  readonly #options: ActivityBatchesOptions;
  readonly #recorded: Pool;
  readonly #synthetic: Pool | undefined;
  #generator: RandomGenerator;

  /** @throws RecipeError where no stretch holds a window, or a batch no recorded example. */
  constructor(options: ActivityBatchesOptions) {
    const { recorded, synthetic, batch, syntheticPerBatch, length, generator } = options;
    requireCount('the number of synthetic examples in a batch', syntheticPerBatch, 0);
    requireCount('the number of recorded examples in a batch', batch - syntheticPerBatch);
    this.#options = options;
    this.#generator = generator.fork('augmentation');
    this.#recorded = new Pool(recorded, length, batch - syntheticPerBatch, generator.fork('recorded'));
    this.#synthetic =
      syntheticPerBatch > 0 ? new Pool(synthetic, length, syntheticPerBatch, generator.fork('synthetic')) : undefined;
  }

  next(): Batch {
    const { batch, length, augmenter } = this.#options;
    const signal = new Float32Array(batch * length);
    const identity = new BigInt64Array(batch);
    const activity = new BigInt64Array(batch);
    const chosen = [...this.#recorded.next(), ...(this.#synthetic?.next() ?? [])];
    chosen.forEach(({ stretch, start }, row) => {
      const window = signal.subarray(row * length, (row + 1) * length);
      augmenter.draw(stretch.samples, start, length, this.#generator, window);
      normalize(window, 'z-score');
      identity[row] = BigInt(stretch.identity);
      activity[row] = BigInt(stretch.activity);
    });
    return { signal, [labelInputs.identity]: identity, [labelInputs.activity]: activity };
  }

  state(): ActivityBatchesState {
    return {
      generator: this.#generator.state(),
      recorded: this.#recorded.sampler.state(),
      ...(this.#synthetic ? { synthetic: this.#synthetic.sampler.state() } : {}),
    };
  }

  /** @throws StateError for a state of other data. */
  restore({ generator, recorded, synthetic }: ActivityBatchesState): void {
    if ((synthetic === undefined) !== (this.#synthetic === undefined)) {
      throw new StateError(`saved batches have ${synthetic ? '' : 'no '}synthetic examples, these are otherwise`);
    }
    const augmentation = RandomGenerator.restore(generator);
    this.#recorded.sampler.restore(recorded);
    if (synthetic) this.#synthetic!.sampler.restore(synthetic);
    this.#generator = augmentation;
  }
}

/** Window starts of one kind of signal, and the order in which they come. */
class Pool {
  readonly sampler: EpochSampler;
  readonly #starts: ReturnType<typeof windowStarts>;

  constructor(stretches: readonly LabelledStretch[], length: number, batchSize: number, generator: RandomGenerator) {
    this.#starts = windowStarts(stretches, length, HOP);
    this.sampler = new EpochSampler({ examples: this.#starts.length, batchSize, generator });
  }

  next(): ReturnType<typeof windowStarts> {
    return [...this.sampler.next()].map((index) => this.#starts[index]!);
  }
}
