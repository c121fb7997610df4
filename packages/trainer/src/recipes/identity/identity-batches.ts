/** Batches of P persons with K augmented windows each, from different records of a person as far as there are. */
import { beatLead, beatLength, beatsPerWindow, normalize } from '@edgebeat/ecg';
import {
  type Chance,
  requireAugmentation,
  requireBeatShape,
  requireBlend,
} from '../../augment/augmentation-options.js';
import { alterBeat, type BeatShapeOptions, drawBeatShape } from '../../augment/beat-shape.js';
import { type BlendOptions, blendWindows } from '../../augment/blend.js';
import { type JitterOptions, jitterStart } from '../../augment/jitter.js';
import type { WindowAugmenter } from '../../augment/window-augmenter.js';
import type { BatchSource } from '../../loop/batch-source.js';
import { type GeneratorState, RandomGenerator } from '../../random/random-generator.js';
import { BalancedSampler, type BalancedSamplerState } from '../../sampling/balanced-sampler.js';
import type { Batch } from '../../step/step-session.js';
import type { RecordedWindow, RecordedWindows } from './identity-data.js';

/** Names of the batch's inputs beside the model's own `beats`. */
export const PERSON_LABEL = 'person_label';
export const PERSON_SHARES = 'person_shares';

export interface IdentityBatchesOptions {
  readonly records: readonly RecordedWindows[];
  /** P. */
  readonly persons: number;
  /** K. */
  readonly windows: number;
  readonly normalize: 'z-score' | 'min-max';
  readonly augmenter: WindowAugmenter;
  /** Cuts beats elsewhere, before all that the augmenter does; those that are blended with each other alike. Never unless given. */
  readonly jitter?: JitterOptions & Chance;
  /** Alters P and T waves; never unless given. */
  readonly beatShape?: BeatShapeOptions & Chance;
  /** Adds a second person to some; never unless given. Then batches say whose share a row is. */
  readonly blend?: BlendOptions & Chance;
  /** Persons that the network tells apart: numbers of persons are smaller. */
  readonly classes: number;
  /** Forked, never drawn from. */
  readonly generator: RandomGenerator;
}

export interface IdentityBatchesState {
  readonly generator: GeneratorState;
  readonly sampler: BalancedSamplerState;
}

const WINDOW = beatsPerWindow * beatLength;

/** The second person of a blend, and how much of them it is. */
interface Partner {
  readonly person: number;
  readonly share: number;
}

/**
 * Rows come person by person: `beats` [P · K, 3, 300], `person_label` [P · K] (int64), and with `blend` also `person_shares`
 * [P · K, classes]. The label of a blended person is none of the classes, and no other's in the batch.
 */
export class IdentityBatches implements BatchSource<IdentityBatchesState> {
  readonly #options: IdentityBatchesOptions;
  /** Deals records, not windows: then the K of a person come from different records and sessions. */
  readonly #sampler: BalancedSampler;
  /** Who has a record. */
  readonly #persons: readonly number[];
  #generator: RandomGenerator;

  /**
   * @throws RecipeError for P and K that are no whole numbers from 1 on, for more persons than there are, and for a
   * `jitter`, `beatShape` or `blend` that makes no sense.
   */
  constructor(options: IdentityBatchesOptions) {
    const { records, persons, windows, jitter, beatShape, blend, generator } = options;
    if (jitter) requireAugmentation({ jitter });
    if (beatShape) requireBeatShape(beatShape);
    if (blend) requireBlend(blend);
    this.#options = options;
    this.#persons = [...new Set(records.map(({ person }) => person))];
    this.#generator = generator.fork('augmentation');
    this.#sampler = new BalancedSampler({
      classes: records.map(({ person }) => person),
      classesPerBatch: persons,
      examplesPerClass: windows,
      generator: generator.fork('records'),
    });
  }

  next(): Batch {
    const { records, windows, blend, classes } = this.#options;
    const beats = new Float32Array(this.#sampler.batchSize * WINDOW);
    const labels = new BigInt64Array(this.#sampler.batchSize);
    const shares = new Float32Array(blend ? labels.length * classes : 0);
    let partner: Partner | undefined;
    this.#sampler.next().forEach((index, row) => {
      const record = records[index]!;
      if (blend && row % windows === 0) partner = this.#drawPartner(record.person, blend);
      const window = beats.subarray(row * WINDOW, (row + 1) * WINDOW);
      const place = this.#placeOf(record);
      const starts = this.#jittered(place);
      this.#draw(place.signal, starts, window);
      const moved = starts.map((start, beat) => start - place.starts[beat]!);
      if (partner) this.#blend(window, partner, moved);
      labels[row] = BigInt(partner ? classes + row - (row % windows) : record.person);
      if (!blend) return;
      const { person = record.person, share = 0 } = partner ?? {};
      shares[row * classes + record.person]! += 1 - share;
      shares[row * classes + person]! += share;
    });
    return { beats, [PERSON_LABEL]: labels, ...(blend && { [PERSON_SHARES]: shares }) };
  }

  #placeOf({ windows }: RecordedWindows): RecordedWindow {
    return windows[this.#generator.integer(windows.length)]!;
  }

  #jittered({ signal, starts }: RecordedWindow): readonly number[] {
    const { jitter } = this.#options;
    if (!jitter || this.#generator.uniform() >= jitter.probability) return starts;
    return starts.map((start) => jitterStart(start, beatLength, signal.length, this.#generator, jitter));
  }

  /** The augmented, normalised beats of one window. */
  #draw(signal: Float32Array, starts: readonly number[], window: Float32Array): void {
    const { normalize: how, augmenter, beatShape } = this.#options;
    augmenter.draw(signal, starts, beatLength, this.#generator, window);
    const shape =
      beatShape && this.#generator.uniform() < beatShape.probability
        ? drawBeatShape(this.#generator, beatShape)
        : undefined;
    forEachBeat(window, (beat) => {
      if (shape) alterBeat(beat, beatLead, shape);
      normalize(beat, how);
    });
  }

  /** Who is to be added to a person of the batch, if anybody. */
  #drawPartner(person: number, { probability, share }: BlendOptions & Chance): Partner | undefined {
    if (this.#generator.uniform() >= probability) return undefined;
    const others = this.#persons.filter((other) => other !== person);
    if (others.length === 0) return undefined;
    return { person: others[this.#generator.integer(others.length)]!, share: this.#generator.uniform(...share) };
  }

  /** Adds a window of the partner, from any of their records, its beats moved as those of the first person were. */
  #blend(window: Float32Array, { person, share }: Partner, moved: readonly number[]): void {
    const records = this.#options.records.filter((record) => record.person === person);
    const { signal, starts } = this.#placeOf(records[this.#generator.integer(records.length)]!);
    const inside = (start: number) => Math.min(signal.length - beatLength, Math.max(0, start));
    const other = new Float32Array(WINDOW);
    this.#draw(
      signal,
      starts.map((start, beat) => inside(start + moved[beat]!)),
      other,
    );
    blendWindows(window, other, share);
    forEachBeat(window, (beat) => normalize(beat, this.#options.normalize));
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

function forEachBeat(window: Float32Array, change: (beat: Float32Array) => void): void {
  for (let at = 0; at < window.length; at += beatLength) change(window.subarray(at, at + beatLength));
}
