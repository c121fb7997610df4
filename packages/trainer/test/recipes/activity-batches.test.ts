/** Batches of activity windows: what stands in a row, and that a restored source goes on as it would have. */
import { StateError } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { WindowAugmenter } from '../../src/augment/window-augmenter.js';
import { NO_LABEL } from '../../src/losses/class-targets.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';
import {
  ActivityBatches,
  type ActivityBatchesOptions,
  type ActivityBatchesState,
} from '../../src/recipes/dt4ecg/activity-batches.js';
import { digestOf } from './digest.js';
import { smallRecipe, stretchOf } from './small-recipe.js';

const LENGTH = 250;
const recorded = [stretchOf(0, 0), stretchOf(1, 0), stretchOf(1, 1), stretchOf(2, 1)];
const synthetic = [stretchOf(2, 0), stretchOf(0, 1)].map((stretch) => ({ ...stretch, identity: NO_LABEL }));

const batches = (options: Partial<ActivityBatchesOptions> = {}, seed: number | string = 1) =>
  new ActivityBatches({
    recorded,
    synthetic,
    batch: 10,
    syntheticPerBatch: 3,
    length: LENGTH,
    augmenter: new WindowAugmenter(smallRecipe.augmentation),
    generator: new RandomGenerator(seed),
    ...options,
  });

const plain = (options: Partial<ActivityBatchesOptions> = {}) =>
  batches({ augmenter: new WindowAugmenter({}), ...options });

/** Windows with their labels, row by row. */
function rowsOf(source: ActivityBatches) {
  const { signal, identity_label: identity, activity_label: activity } = source.next();
  return Array.from({ length: identity!.length }, (_, row) => ({
    identity: Number(identity![row]),
    activity: Number(activity![row]),
    window: (signal as Float32Array).subarray(row * LENGTH, (row + 1) * LENGTH),
  }));
}

/** Digests of the next batches. */
const take = (source: ActivityBatches, count: number) =>
  Array.from({ length: count }, () => digestOf(...Object.values(source.next())));

/** Mean 0, deviation 1. */
function zScored(samples: Float32Array): Float32Array {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const variance = samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length;
  return samples.map((value) => (value - mean) / Math.sqrt(variance));
}

/** Every window that begins at a half second of a stretch. */
const places = [...recorded, ...synthetic].flatMap((stretch) => {
  const count = Math.floor((stretch.samples.length - LENGTH) / 125) + 1;
  return Array.from({ length: count }, (_, i) => ({
    stretch,
    start: 125 * i,
    window: zScored(stretch.samples.subarray(125 * i, 125 * i + LENGTH)),
  }));
});

const placesOf = (found: Float32Array) =>
  places.filter(({ window }) => window.every((value, i) => Math.abs(value - found[i]!) < 1e-4));

describe('a batch', () => {
  test('holds as many rows as asked for, recorded ones first, synthetic ones of nobody last', () => {
    const source = batches();
    for (let round = 0; round < 5; round++) {
      const rows = rowsOf(source);
      expect(rows).toHaveLength(10);
      expect(rows.slice(0, 7).every(({ identity }) => identity >= 0)).toBe(true);
      expect(rows.slice(7).map(({ identity }) => identity)).toEqual([NO_LABEL, NO_LABEL, NO_LABEL]);
      expect(rows.every(({ activity }) => activity === 0 || activity === 1)).toBe(true);
    }
  });

  test('holds windows of its stretches with their labels', () => {
    const source = plain();
    for (const { identity, activity, window } of [...rowsOf(source), ...rowsOf(source)]) {
      const found = placesOf(window);
      expect(found).toHaveLength(1);
      expect(found[0]!.stretch).toMatchObject({ identity, activity });
    }
  });

  test('is z-scored, row by row, augmented or not', () => {
    for (const source of [plain(), batches()]) {
      for (const { window } of rowsOf(source)) {
        const mean = window.reduce((sum, value) => sum + value, 0) / LENGTH;
        const power = window.reduce((sum, value) => sum + value * value, 0) / LENGTH;
        expect(mean).toBeCloseTo(0, 5);
        expect(power).toBeCloseTo(1, 4);
      }
    }
  });

  test('is augmented: other windows than those every half second', () => {
    const found = rowsOf(batches()).filter(({ window }) => placesOf(window).length > 0);
    expect(found.length).toBeLessThan(3);
  });

  test('shows every place once before any comes again', () => {
    // Four stretches of 12 s have 23 places each: 92, in batches of 4.
    const source = plain({ syntheticPerBatch: 0, batch: 4 });
    const shown = Array.from({ length: 23 }, () => rowsOf(source)).flatMap((rows) =>
      rows.flatMap(({ window }) => placesOf(window)),
    );
    expect(shown).toHaveLength(92);
    expect(new Set(shown).size).toBe(92);
  });

  test('leaves the recordings as they are', () => {
    const now = () => recorded.map(({ samples }) => digestOf(samples));
    const before = now();
    take(batches(), 3);
    expect(now()).toEqual(before);
  });

  test('needs no synthetic signal where it holds none', () => {
    const rows = rowsOf(batches({ synthetic: [], syntheticPerBatch: 0 }));
    expect(rows.every(({ identity }) => identity >= 0)).toBe(true);
  });
});

describe('chance', () => {
  test('is that of the seed, and another with every batch', () => {
    const [first, second] = take(batches(), 2);
    expect(take(batches(), 2)).toEqual([first, second]);
    expect(take(batches({}, 2), 1)).not.toEqual([first]);
    expect(second).not.toEqual(first);
  });

  test('of recorded rows does not depend on the synthetic ones', () => {
    const windowsOf = (source: ActivityBatches) =>
      rowsOf(source)
        .slice(0, 7)
        .map(({ identity, activity, window }) => [identity, activity, digestOf(window)]);
    expect(windowsOf(plain({ synthetic: synthetic.slice(0, 1) }))).toEqual(windowsOf(plain()));
  });
});

describe('a source', () => {
  test.each([0, 1, 5, 40])('restored after %i batches goes on with the same bits', (count) => {
    const source = batches();
    take(source, count);
    const saved = JSON.parse(JSON.stringify(source.state())) as ActivityBatchesState;
    const expected = take(source, 12);
    const restored = batches();
    take(restored, 3);
    restored.restore(saved);
    expect(take(restored, 12)).toEqual(expected);
    expect(restored.state()).toEqual(source.state());
  });

  test('restored without synthetic rows goes on, too', () => {
    const source = batches({ syntheticPerBatch: 0 });
    take(source, 2);
    const saved = source.state();
    const restored = batches({ syntheticPerBatch: 0 });
    restored.restore(saved);
    expect(take(restored, 3)).toEqual(take(source, 3));
  });

  test.each<[string, Partial<ActivityBatchesOptions>, string]>([
    ['other recordings', { recorded: recorded.slice(1) }, 'saved sampler has 92 examples, there are 69'],
    ['other synthetic signal', { synthetic: synthetic.slice(1) }, 'saved sampler has 46 examples, there are 23'],
    ['no synthetic rows', { syntheticPerBatch: 0 }, 'saved batches have synthetic examples'],
  ])('does not take the state of one with %s', (_, options, message) => {
    const saved = batches().state();
    expect(() => batches(options).restore(saved)).toThrow(StateError);
    expect(() => batches(options).restore(saved)).toThrow(message);
  });

  test('with synthetic rows does not take the state of one without', () => {
    const saved = batches({ syntheticPerBatch: 0 }).state();
    expect(() => batches().restore(saved)).toThrow('saved batches have no synthetic examples');
  });
});

describe('refused is', () => {
  test.each<[string, Partial<ActivityBatchesOptions>, string]>([
    ['recordings shorter than a window', { length: 5000 }, 'none of the 4 stretches of signal holds a window of 5000'],
    ['synthetic rows without signal', { synthetic: [] }, 'none of the 0 stretches'],
    ['nothing but synthetic rows', { syntheticPerBatch: 10 }, 'the number of recorded examples in a batch is 0'],
    ['more synthetic rows than rows', { syntheticPerBatch: 12 }, 'the number of recorded examples in a batch is -2'],
    ['a part of a row', { syntheticPerBatch: 0.8 }, 'the number of synthetic examples in a batch is 0.8'],
  ])('%s', (_, options, message) => {
    expect(() => batches(options)).toThrow(RecipeError);
    expect(() => batches(options)).toThrow(message);
  });
});
