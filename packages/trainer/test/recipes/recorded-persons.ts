/** Recordings of four persons, batches of them, and what is found in those. */
import { WindowAugmenter } from '../../src/augment/window-augmenter.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { IdentityBatches, type IdentityBatchesOptions } from '../../src/recipes/identity/identity-batches.js';
import type { RecordedWindows } from '../../src/recipes/identity/identity-data.js';
import { signalOf, smallIdentityRecipe } from './small-identity-recipe.js';

export const BEAT = 300;
const WINDOW = 3 * BEAT;
export const CLASSES = 8;
/** Numbers of persons need not follow each other: who has no window is no class of the sampler. */
export const persons = [0, 1, 4, 7];
/** More records than rows of a batch, as many, fewer, and one. */
export const recordCounts = [6, 4, 2, 1];

export const records: RecordedWindows[] = persons.flatMap((person, index) =>
  Array.from({ length: recordCounts[index]! }, (_, k) => {
    const signal = signalOf(index, { rate: 250, seconds: 5, seed: k });
    const starts = [0, 60, 133].map((first) => [first, first + 175, first + 350] as const);
    return { person, windows: starts.map((three) => ({ signal, starts: three })) };
  }),
);

/** Augmented batches of three persons with four windows. */
export const batches = (options: Partial<IdentityBatchesOptions> = {}, seed = 1) =>
  new IdentityBatches({
    ...{ records, persons: 3, windows: 4, classes: CLASSES, normalize: 'z-score' },
    augmenter: new WindowAugmenter(smallIdentityRecipe.augmentation),
    generator: new RandomGenerator(seed),
    ...options,
  });

/** The same without augmentation. */
export const plain = (options: Partial<IdentityBatchesOptions> = {}, seed = 1) =>
  batches({ augmenter: new WindowAugmenter({}), ...options }, seed);

/** The rows of the next batch; shares are empty without `blend`. */
export function rowsOf(source: IdentityBatches) {
  const { beats, person_label: labels, person_shares: shares = new Float32Array() } = source.next();
  return Array.from({ length: labels!.length }, (_, row) => ({
    person: Number(labels![row]),
    window: (beats as Float32Array).subarray(row * WINDOW, (row + 1) * WINDOW),
    shares: [...(shares as Float32Array).subarray(row * CLASSES, (row + 1) * CLASSES)],
  }));
}

export const beatsOf = (window: Float32Array) => [0, 1, 2].map((row) => window.subarray(row * BEAT, (row + 1) * BEAT));

export function meanAndDeviation(values: Float32Array): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

export function zScored(beat: Float32Array): Float32Array {
  const [mean, deviation] = meanAndDeviation(beat);
  return beat.map((value) => (value - mean) / deviation);
}

/** Every window of every record as it is, each beat z-scored. */
export const places = records.flatMap((record) =>
  record.windows.map(({ signal, starts }) => {
    const window = new Float32Array(WINDOW);
    for (const [row, start] of starts.entries()) window.set(zScored(signal.subarray(start, start + BEAT)), row * BEAT);
    return { record, window };
  }),
);

export const isNear = (a: Float32Array, b: Float32Array) => a.every((value, i) => Math.abs(value - b[i]!) < 1e-3);

/** Where a window was cut from, if it is one of the recordings as they are. */
export const placesOf = (found: Float32Array) => places.filter(({ window }) => isNear(window, found));

/** P persons, the rows of each. */
export const groupsOf = (rows: ReturnType<typeof rowsOf>, windows: number) =>
  Array.from({ length: rows.length / windows }, (_, group) => rows.slice(group * windows, (group + 1) * windows));
