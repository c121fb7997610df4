/** Batches of P persons with K augmented windows each, from different records of a person as far as there are. */
import { beatLead, beatLength, beatsPerWindow, normalize } from '@edgebeat/ecg';
import { type Chance, requireBeatShape } from '../../augment/augmentation-options.js';
import { alterBeat, type BeatShapeOptions, drawBeatShape } from '../../augment/beat-shape.js';
import type { WindowAugmenter } from '../../augment/window-augmenter.js';
import type { BatchSource } from '../../loop/batch-source.js';
import { type GeneratorState, RandomGenerator } from '../../random/random-generator.js';
import { BalancedSampler, type BalancedSamplerState } from '../../sampling/balanced-sampler.js';
import type { Batch } from '../../step/step-session.js';
import type { RecordedWindows } from './identity-data.js';

/** Name of the batch's input beside the model's own `beats`. */
export const PERSON_LABEL = 'person_label';

export interface IdentityBatchesOptions {
  readonly records: readonly RecordedWindows[];
  /** P. */
  readonly persons: number;
  /** K. */
  readonly windows: number;
  readonly normalize: 'z-score' | 'min-max';
  readonly augmenter: WindowAugmenter;
  /** Alters P and T waves; never unless given. */
  readonly beatShape?: BeatShapeOptions & Chance;
  /** Forked, never drawn from. */
  readonly generator: RandomGenerator;
}

export interface IdentityBatchesState {
  readonly generator: GeneratorState;
  readonly sampler: BalancedSamplerState;
}

const WINDOW = beatsPerWindow * beatLength;

/** Rows come person by person: `beats` [P · K, 3, 300], `person_label` [P · K] (int64). */
export class IdentityBatches implements BatchSource<IdentityBatchesState> {
  readonly #options: IdentityBatchesOptions;
  /** Deals records, not windows: then the K of a person come from different records and sessions. */
  readonly #sampler: BalancedSampler;
  #generator: RandomGenerator;

  /**
   * @throws RecipeError for P and K that are no whole numbers from 1 on, for more persons than there are, and for a
   * `beatShape` that makes no sense.
   */
  constructor(options: IdentityBatchesOptions) {
    const { records, persons, windows, beatShape, generator } = options;
    if (beatShape) requireBeatShape(beatShape);
    this.#options = options;
    this.#generator = generator.fork('augmentation');
    this.#sampler = new BalancedSampler({
      classes: records.map(({ person }) => person),
      classesPerBatch: persons,
      examplesPerClass: windows,
      generator: generator.fork('records'),
    });
  }

  next(): Batch {
    const { records, normalize: how, augmenter, beatShape } = this.#options;
    const beats = new Float32Array(this.#sampler.batchSize * WINDOW);
    const labels = new BigInt64Array(this.#sampler.batchSize);
    this.#sampler.next().forEach((index, row) => {
      const { person, windows } = records[index]!;
      const { signal, starts } = windows[this.#generator.integer(windows.length)]!;
      const window = beats.subarray(row * WINDOW, (row + 1) * WINDOW);
      augmenter.draw(signal, starts, beatLength, this.#generator, window);
      const shape =
        beatShape && this.#generator.uniform() < beatShape.probability
          ? drawBeatShape(this.#generator, beatShape)
          : undefined;
      for (let at = 0; at < WINDOW; at += beatLength) {
        const beat = window.subarray(at, at + beatLength);
        if (shape) alterBeat(beat, beatLead, shape);
        normalize(beat, how);
      }
      labels[row] = BigInt(person);
    });
    return { beats, [PERSON_LABEL]: labels };
  }

  state(): IdentityBatchesState {
    return { generator: this.#generator.state(), sampler: this.#sampler.state() };
  }

  /** @throws StateError for a state of other data. */
  restore({ generator, sampler }: IdentityBatchesState): void {
    const augmentation = RandomGenerator.restore(generator);
    this.#sampler.restore(sampler);
    this.#generator = augmentation;
  }
}
