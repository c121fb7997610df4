import { describe, expect, test } from '@jest/globals';
import { applyCutout } from '../../src/augment/cutout.js';
import { applyGain } from '../../src/augment/gain.js';
import { RandomGenerator } from '../../src/random/random-generator.js';

describe('gain', () => {
  const factors = (options: Parameters<typeof applyGain>[2]) => {
    const generator = new RandomGenerator('gain');
    return Array.from({ length: 4000 }, () => {
      const window = Float32Array.of(1, -2);
      applyGain(window, generator, options);
      expect(window[1]).toBe(-2 * window[0]!);
      return window[0]!;
    });
  };

  test('is as often below as above one in a range about it', () => {
    const all = factors({ range: [0.5, 2] });
    expect(Math.min(...all)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...all)).toBeLessThan(2.0001);
    expect(all.filter((factor) => factor < 1).length / 4000).toBeCloseTo(0.5, 1);
    expect(all.filter((factor) => factor < Math.SQRT1_2).length / 4000).toBeCloseTo(0.25, 1);
  });

  test('flips the sign as often as asked', () => {
    const share = factors({ range: [1, 1], flip: 0.2 }).filter((factor) => factor < 0).length / 4000;
    expect(Math.abs(share - 0.2)).toBeLessThan(0.026);
    expect(factors({ range: [3, 3] }).every((factor) => factor === 3)).toBe(true);
  });
});

describe('cutout', () => {
  const ramp = Float32Array.from({ length: 50 }, (_, i) => i + 1);

  test('puts zero into one stretch, of every length and at every place', () => {
    const generator = new RandomGenerator('cutout');
    const [lengths, places] = [new Set<number>(), new Set<number>()];
    for (let i = 0; i < 3000; i++) {
      const window = ramp.slice();
      applyCutout(window, generator, { length: [3, 6] });
      const from = window.indexOf(0);
      const length = window.filter((value) => value === 0).length;
      expect(window.subarray(from, from + length).every((value) => value === 0)).toBe(true);
      expect(window.filter((value, k) => value !== 0 && value !== ramp[k])).toHaveLength(0);
      lengths.add(length);
      places.add(from);
    }
    expect([...lengths].sort()).toEqual([3, 4, 5, 6]);
    expect(places.size).toBe(48);
  });

  test('holds the value before it, or cuts a short window out as a whole', () => {
    const generator = new RandomGenerator('hold');
    for (let i = 0; i < 100; i++) {
      const window = ramp.slice();
      applyCutout(window, generator, { length: [5, 5], fill: 'hold' });
      const changed = [...window.keys()].filter((k) => window[k] !== ramp[k]);
      const held = window[changed[0]!]!;
      expect(changed.every((k) => window[k] === held)).toBe(true);
      expect(held).toBe(ramp[Math.max(0, changed[0]! - 1)]);
    }
    const short = ramp.slice(0, 4);
    applyCutout(short, generator, { length: [5, 9] });
    expect([...short]).toEqual([0, 0, 0, 0]);
  });
});
