import { describe, expect, test } from '@jest/globals';
import { RandomGenerator } from '../../src/random/random-generator.js';

const draw = <T>(count: number, next: () => T): T[] => Array.from({ length: count }, next);

/** Mean, variance, skewness and excess kurtosis. */
function moments(values: ArrayLike<number>): { mean: number; variance: number; skewness: number; kurtosis: number } {
  const all = Array.from(values);
  const average = (f: (value: number) => number) => all.reduce((sum, value) => sum + f(value), 0) / all.length;
  const mean = average((value) => value);
  const variance = average((value) => (value - mean) ** 2);
  return {
    mean,
    variance,
    skewness: average((value) => (value - mean) ** 3) / variance ** 1.5,
    kurtosis: average((value) => (value - mean) ** 4) / variance ** 2 - 3,
  };
}

/** Pearson's statistic over its degrees of freedom's normal approximation: beyond 4 is no chance any more. */
function chiSquareDeviations(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const statistic = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (statistic - (counts.length - 1)) / Math.sqrt(2 * (counts.length - 1));
}

describe('the sequence', () => {
  test("is the one of Blackman's and Vigna's program", () => {
    const generator = RandomGenerator.restore({ key: [1, 2, 3, 4], words: [1, 2, 3, 4] });
    const published = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    expect(draw(10, () => generator.uint32())).toEqual(published);
  });

  test('follows from the seed, as text or number', () => {
    const first = (seed: number | string) =>
      draw(
        20,
        (
          (g) => () =>
            g.uint32()
        )(new RandomGenerator(seed)),
      );
    expect(first(7)).toEqual(first('7'));
    const seeds = [0, 1, 2, 7, 17, -7, 0.5, '', ' ', 'a', 'b', 'ab', 'ba', '\0', 'é'];
    expect(new Set(seeds.map((seed) => first(seed)[0])).size).toBe(seeds.length);
  });

  test.each([
    ['neighbouring seeds', (i: number) => new RandomGenerator(i)],
    ['neighbouring forks', (i: number) => new RandomGenerator(5).fork(i)],
  ])('%s give independent bits', (_, generatorOf) => {
    const flips = new Array<number>(32).fill(0);
    for (let i = 0; i < 4000; i++) {
      const changed = generatorOf(i).uint32() ^ generatorOf(i + 1).uint32();
      for (let bit = 0; bit < 32; bit++) flips[bit]! += (changed >>> bit) & 1;
    }
    // 4 standard deviations of 4,000 tosses of a coin.
    for (const count of flips) expect(Math.abs(count - 2000)).toBeLessThan(4 * Math.sqrt(1000));
  });
});

describe('distributions', () => {
  test('uniform stays in its range, with its mean and variance, evenly', () => {
    const generator = new RandomGenerator('uniform');
    const values = draw(100_000, () => generator.uniform(-2, 4));
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(4);
    const { mean, variance } = moments(values);
    expect(mean).toBeCloseTo(1, 1);
    expect(variance).toBeCloseTo(3, 1);
    const counts = new Array<number>(60).fill(0);
    for (const value of values) counts[Math.floor((value + 2) * 10)]!++;
    expect(chiSquareDeviations(counts)).toBeLessThan(4);
  });

  test('logUniform has as many values between 1 and 10 as between 10 and 100', () => {
    const generator = new RandomGenerator('log');
    const values = draw(40_000, () => generator.logUniform(1, 100));
    expect(values.filter((value) => value < 10).length / 40_000).toBeCloseTo(0.5, 1.7);
    expect(values.every((value) => value >= 1 && value < 100)).toBe(true);
  });

  test('normal and normals have the moments and the tails of the normal distribution', () => {
    const generator = new RandomGenerator('normal');
    const filled = new Float32Array(200_001);
    generator.normals(filled);
    for (const values of [filled, draw(200_000, () => generator.normal())]) {
      const { mean, variance, skewness, kurtosis } = moments(values);
      // Four standard errors each.
      expect(Math.abs(mean)).toBeLessThan(0.009);
      expect(Math.abs(variance - 1)).toBeLessThan(0.013);
      expect(Math.abs(skewness)).toBeLessThan(0.022);
      expect(Math.abs(kurtosis)).toBeLessThan(0.044);
      const beyond = Array.from(values).filter((value) => Math.abs(value) > 1.959964).length / values.length;
      expect(Math.abs(beyond - 0.05)).toBeLessThan(0.002);
    }
  });

  test('neighbouring normals are uncorrelated', () => {
    const values = new Float32Array(100_000);
    new RandomGenerator('neighbours').normals(values);
    for (const lag of [1, 2, 3]) {
      let sum = 0;
      for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
      expect(Math.abs(sum / values.length)).toBeLessThan(4 / Math.sqrt(values.length));
    }
  });

  test.each([1, 2, 7, 1000])('integer(%d) is even over its numbers', (n) => {
    const generator = new RandomGenerator(n);
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 50_000; i++) counts[generator.integer(n)]!++;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50_000);
    if (n > 1) expect(chiSquareDeviations(counts)).toBeLessThan(4);
  });

  test('integer of a size that does not divide 2³² favours no half of it', () => {
    const generator = new RandomGenerator('three quarters');
    const n = 3 * 2 ** 30;
    const low = draw(40_000, () => generator.integer(n)).filter((value) => value < n / 2).length;
    // A plain remainder would give two thirds.
    expect(Math.abs(low / 40_000 - 0.5)).toBeLessThan(0.01);
  });

  test('shuffle gives all 24 orders of four equally often', () => {
    const generator = new RandomGenerator('shuffle');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const cards = Int32Array.of(0, 1, 2, 3);
      generator.shuffle(cards);
      counts.set(cards.join(), (counts.get(cards.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquareDeviations([...counts.values()])).toBeLessThan(4);
  });
});

describe('state', () => {
  test('goes through JSON, and what follows has the same bits', () => {
    const generator = new RandomGenerator('resume');
    // An odd number of normals: nothing may be left over from a pair.
    for (let i = 0; i < 101; i++) generator.normal();
    const saved = JSON.stringify(generator.state());
    const restored = RandomGenerator.restore(JSON.parse(saved));
    const follows = (g: RandomGenerator) => [g.normal(), g.uniform(), g.integer(10), g.fork('x').uint32(), g.normal()];
    expect(follows(restored)).toEqual(follows(generator));
    expect(saved.length).toBeLessThan(150);
  });

  test('a fork depends on seed and name, not on what was drawn, and takes nothing', () => {
    const [fresh, used] = [new RandomGenerator(3), new RandomGenerator(3)];
    for (let i = 0; i < 10; i++) used.uint32();
    expect(used.fork('noise').uint32()).toBe(fresh.fork('noise').uint32());
    expect(fresh.fork('noise').uint32()).not.toBe(fresh.fork('warp').uint32());
    expect(fresh.fork('a').fork('b').uint32()).not.toBe(fresh.fork('b').fork('a').uint32());
    expect(fresh.uint32()).toBe(new RandomGenerator(3).uint32());
  });

  test.each([
    ['nothing', null],
    ['other fields', { words: [1, 2, 3, 4] }],
    ['three words', { key: [1, 2, 3], words: [1, 2, 3, 4] }],
    ['no integers', { key: [1, 2, 3, 4], words: [1, 2, 3, 0.5] }],
    ['words of zero, where it would stay', { key: [1, 2, 3, 4], words: [0, 0, 0, 0] }],
    ['more than 32 bits', { key: [1, 2, 3, 4], words: [1, 2, 3, 2 ** 32] }],
  ])('refuses %s', (_, state) => {
    expect(() => RandomGenerator.restore(state as never)).toThrow(
      expect.objectContaining({ name: 'StateError', hint: expect.any(String) }),
    );
  });
});
