/** The generator: reproducible, splittable, savable, and random enough. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Random } from '../src/index.js';

const take = (random: Random, count: number) => Array.from({ length: count }, () => random.uint32());

describe('Random', () => {
  test('the words are those of xoshiro128**', () => {
    // From the state 1, 2, 3, 4 of the reference implementation.
    const random = Random.restore({ key: [0, 0, 0, 0], words: [1, 2, 3, 4], spare: null });
    expect(take(random, 4)).toEqual([11520, 0, 5927040, 70819200]);
  });

  test('a seed is a seed, as number or text; another seed is another sequence', () => {
    expect(take(new Random(7), 5)).toEqual(take(new Random('7'), 5));
    const firsts = new Set(Array.from({ length: 1000 }, (_, seed) => new Random(seed).uint32()));
    expect(firsts.size).toBe(1000);
  });

  test('a split depends on seed and label, not on what was drawn before', () => {
    const fresh = new Random('a').split('x');
    const parent = new Random('a');
    take(parent, 10);
    expect(take(parent.split('x'), 5)).toEqual(take(fresh, 5));
    expect(take(new Random('a').split('y'), 5)).not.toEqual(take(new Random('a').split('x'), 5));
    expect(take(new Random('b').split('x'), 5)).not.toEqual(take(new Random('a').split('x'), 5));
  });

  test('a restored generator goes on where it was', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(20), (seed, draws) => {
        const random = new Random(seed);
        for (let i = 0; i < draws; i++) random.normal();
        const copy = Random.restore(JSON.parse(JSON.stringify(random.save())));
        for (let i = 0; i < 5; i++) expect(copy.normal()).toBe(random.normal());
        expect(copy.split('x').uint32()).toBe(random.split('x').uint32());
      }),
    );
  });

  test('uniform and normal numbers have the moments they should', () => {
    const random = new Random('moments');
    const n = 100_000;
    let uniform = 0;
    let mean = 0;
    let square = 0;
    let fourth = 0;
    for (let i = 0; i < n; i++) {
      uniform += random.uniform(2, 4) / n;
      const x = random.normal();
      mean += x / n;
      square += x ** 2 / n;
      fourth += x ** 4 / n;
    }
    expect(uniform).toBeCloseTo(3, 2);
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(square - 1)).toBeLessThan(0.02);
    expect(Math.abs(fourth - 3)).toBeLessThan(0.15);
  });
});
