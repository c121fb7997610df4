import { describe, expect, test } from '@jest/globals';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { BalancedSampler } from '../../src/sampling/balanced-sampler.js';
import { EpochSampler } from '../../src/sampling/epoch-sampler.js';
import type { Sampler } from '../../src/sampling/sampler.js';

const generator = () => new RandomGenerator('sampling');
const batches = (sampler: Sampler, count: number) => Array.from({ length: count }, () => [...sampler.next()]);
const countsOf = (values: readonly number[], size: number) => {
  const counts = new Array<number>(size).fill(0);
  for (const value of values) counts[value]!++;
  return counts;
};

describe('EpochSampler', () => {
  test('every pass holds every example once, in another order, over the borders of batches', () => {
    const sampler = new EpochSampler({ examples: 20, batchSize: 5, generator: generator() });
    const passes = Array.from({ length: 3 }, () => batches(sampler, 4).flat());
    for (const pass of passes) expect([...pass].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(new Set(passes.map((pass) => pass.join())).size).toBe(3);
  });

  test.each([
    [17, 5],
    [16, 15],
    [64, 64],
    [3, 2],
  ])(
    '%d examples in batches of %d: full, none twice in a batch, none ahead by more than a batch',
    (examples, batchSize) => {
      const sampler = new EpochSampler({ examples, batchSize, generator: generator() });
      const seen: number[] = [];
      for (const batch of batches(sampler, 200)) {
        expect(batch).toHaveLength(batchSize);
        expect(new Set(batch).size).toBe(batchSize);
        seen.push(...batch);
        const counts = countsOf(seen, examples);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
      }
      const counts = countsOf(seen, examples);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1 + Number(seen.length % examples !== 0));
    },
  );

  test('fewer examples than a batch has repeat evenly', () => {
    const sampler = new EpochSampler({ examples: 3, batchSize: 7, generator: generator() });
    for (const batch of batches(sampler, 20)) expect(countsOf(batch, 3).sort()).toEqual([2, 2, 3]);
  });

  test('an example stands at every place of a pass equally often', () => {
    const sampler = new EpochSampler({ examples: 10, batchSize: 10, generator: generator() });
    const places = countsOf(
      batches(sampler, 5000).map((batch) => batch.indexOf(0)),
      10,
    );
    // 4 standard deviations of 5,000 draws of one in ten.
    for (const count of places) expect(Math.abs(count - 500)).toBeLessThan(85);
  });

  test('the same seed gives the same batches, another seed others', () => {
    const of = (seed: number) =>
      batches(new EpochSampler({ examples: 50, batchSize: 8, generator: new RandomGenerator(seed) }), 20);
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test.each(Array.from({ length: 12 }, (_, i) => i))('resumed after %d batches it gives the same ones', (before) => {
    const options = { examples: 17, batchSize: 12, generator: generator() };
    const sampler = new EpochSampler(options);
    batches(sampler, before);
    const saved = JSON.stringify(sampler.state());
    const resumed = new EpochSampler({ ...options, generator: new RandomGenerator('another') });
    resumed.restore(JSON.parse(saved));
    expect(batches(resumed, 30)).toEqual(batches(sampler, 30));
    expect(resumed.state()).toEqual(sampler.state());
  });

  test('refuses sizes that cannot be and states of other data, and stays as it was', () => {
    const options = { examples: 10, batchSize: 4, generator: generator() };
    expect(() => new EpochSampler({ ...options, examples: 0 })).toThrow(/number of examples is 0/);
    expect(() => new EpochSampler({ ...options, batchSize: 2.5 })).toThrow(/batch size is 2.5/);
    const sampler = new EpochSampler(options);
    const state = sampler.state();
    expect(() => sampler.restore({ ...state, examples: 11 })).toThrow(/11 examples, there are 10/);
    expect(() => sampler.restore({ ...state, deck: { pass: 0, position: 11, aside: [] } })).toThrow(/10 examples/);
    expect(() => sampler.restore({ ...state, deck: { pass: 0, position: 0, aside: [10] } })).toThrow(/10 examples/);
    expect(sampler.state()).toEqual(state);
  });
});

describe('BalancedSampler', () => {
  /** Class c (named 10 · c) has c + 1 examples, scattered. */
  const classes = Int32Array.from({ length: 45 }, (_, i) => (i * 7) % 45).map(
    (i) => 10 * Math.floor((Math.sqrt(8 * i + 1) - 1) / 2),
  );
  const options = () => ({ classes, classesPerBatch: 4, examplesPerClass: 3, generator: generator() });

  test('a batch has P classes with K examples each, different ones where a class has that many', () => {
    for (const batch of batches(new BalancedSampler(options()), 300)) {
      expect(batch).toHaveLength(12);
      const runs = [0, 3, 6, 9].map((from) => batch.slice(from, from + 3));
      expect(new Set(runs.map((run) => classes[run[0]!])).size).toBe(4);
      for (const run of runs) {
        const [own] = run.map((index) => classes[index]!);
        expect(run.every((index) => classes[index] === own)).toBe(true);
        expect(new Set(run).size).toBe(Math.min(3, own! / 10 + 1));
      }
    }
  });

  test('all classes come equally often, and within a class all examples', () => {
    const all = batches(new BalancedSampler(options()), 360).flat();
    // 9 classes, 1,440 places: 160 each, times K.
    const perClass = countsOf(
      all.map((index) => classes[index]! / 10),
      9,
    );
    expect(perClass).toEqual(new Array(9).fill(480));
    const perExample = countsOf(all, 45);
    for (const [index, count] of perExample.entries())
      expect(Math.abs(count - 480 / (classes[index]! / 10 + 1))).toBeLessThanOrEqual(2);
  });

  test('a class of one example repeats it', () => {
    const sampler = new BalancedSampler({
      classes: [0, 1, 1, 1],
      classesPerBatch: 2,
      examplesPerClass: 4,
      generator: generator(),
    });
    const batch = [...sampler.next()];
    expect(batch.filter((index) => index === 0)).toHaveLength(4);
    expect(countsOf(batch, 4).slice(1).sort()).toEqual([1, 1, 2]);
  });

  test.each([0, 1, 2, 3, 7, 50])('resumed after %d batches it gives the same ones', (before) => {
    const sampler = new BalancedSampler(options());
    batches(sampler, before);
    const saved = JSON.stringify(sampler.state());
    const resumed = new BalancedSampler({ ...options(), generator: new RandomGenerator('another') });
    resumed.restore(JSON.parse(saved));
    expect(batches(resumed, 40)).toEqual(batches(sampler, 40));
    expect(resumed.state()).toEqual(sampler.state());
  });

  test('refuses more classes than there are, and states of other data', () => {
    expect(() => new BalancedSampler({ ...options(), classesPerBatch: 10 })).toThrow(
      expect.objectContaining({ name: 'RecipeError', message: expect.stringMatching(/10 classes.* have 9/) }),
    );
    expect(() => new BalancedSampler({ ...options(), examplesPerClass: 0 })).toThrow(/examples per class is 0/);
    const sampler = new BalancedSampler(options());
    const other = new BalancedSampler({ ...options(), classes: classes.subarray(1) });
    expect(() => sampler.restore(other.state())).toThrow(/other classes/);
    const epochs: Sampler = new EpochSampler({ examples: 45, batchSize: 12, generator: generator() });
    expect(() => (sampler as Sampler).restore(epochs.state())).toThrow(/of kind epoch, not balanced/);
    expect(() => epochs.restore(sampler.state())).toThrow(/of kind balanced, not epoch/);
  });
});
