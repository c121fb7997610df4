import { describe, expect, test } from '@jest/globals';
import { jitterStart } from '../../src/augment/jitter.js';
import { TimeWarp } from '../../src/augment/time-warp.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { bells, peakOf, sineWave, varianceOf } from './signals.js';

const warps = (count: number, length: number, factor: number) => {
  const generator = new RandomGenerator('warp');
  return Array.from({ length: count }, () => TimeWarp.draw(length, generator, { factor }));
};

describe('time warp', () => {
  test('speed stays within the factor everywhere, uses it, and the centre stays in place', () => {
    let [slowest, fastest] = [1, 1];
    for (const warp of warps(300, 1000, 0.03)) {
      expect(warp.source(0)).toBeCloseTo(0, 9);
      for (let place = -500; place < 500; place += 10) {
        const speed = (warp.source(place + 10) - warp.source(place)) / 10;
        slowest = Math.min(slowest, speed);
        fastest = Math.max(fastest, speed);
      }
    }
    expect(slowest).toBeGreaterThanOrEqual(0.97 - 1e-9);
    expect(fastest).toBeLessThanOrEqual(1.03 + 1e-9);
    expect(slowest).toBeLessThan(0.9705);
    expect(fastest).toBeGreaterThan(1.0295);
  });

  test('the inverse is one, for large factors too', () => {
    for (const warp of [...warps(50, 1000, 0.03), ...warps(50, 300, 0.5)]) {
      for (let place = -400; place <= 400; place += 37) {
        expect(Math.abs(warp.place(warp.source(place)) - place)).toBeLessThan(4e-3);
      }
    }
  });

  test('samples stand where the map says: a slow signal is given exactly', () => {
    const stretch = sineWave(1400, 1);
    for (const warp of warps(20, 1000, 0.03)) {
      const window = new Float32Array(1000);
      warp.resample(stretch, 699.5, -499.5, window);
      let largest = 0;
      for (let i = 0; i < 1000; i++) {
        const position = 699.5 + warp.source(i - 499.5);
        largest = Math.max(largest, Math.abs(window[i]! - Math.sin((2 * Math.PI * position) / 250)));
      }
      expect(largest).toBeLessThan(2e-5);
    }
  });

  test.each([
    [5, 1e-4],
    [15, 1.5e-3],
    [25, 6e-3],
    [40, 0.033],
  ])('a sine of %d Hz keeps its place and its amplitude', (frequency, most) => {
    const stretch = sineWave(1400, frequency);
    let largest = 0;
    for (const warp of warps(10, 1000, 0.03)) {
      const window = new Float32Array(1000);
      warp.resample(stretch, 699.5, -499.5, window);
      for (let i = 0; i < 1000; i++) {
        const position = 699.5 + warp.source(i - 499.5);
        largest = Math.max(largest, Math.abs(window[i]! - Math.sin((2 * Math.PI * frequency * position) / 250)));
      }
      // Its mean square is that of a sine, but for what the interpolation loses at most half-way between samples.
      expect(Math.abs(2 * varianceOf(window) - 1)).toBeLessThan(2 * most + 0.01);
    }
    expect(largest).toBeLessThan(most);
  });

  test('R peaks keep their height', () => {
    const stretch = bells(1400, 200, 100);
    for (const warp of warps(30, 1000, 0.03)) {
      const window = new Float32Array(1000);
      warp.resample(stretch, 699.5, -499.5, window);
      for (const peak of [500, 700, 900]) {
        const place = Math.round(499.5 + warp.place(peak - 699.5));
        const around = window.subarray(place - 20, place + 20);
        expect(Math.abs(peakOf(around) - 20)).toBeLessThanOrEqual(1);
        // Between two samples the top of the bell is up to 0.8 % higher.
        expect(Math.max(...around)).toBeGreaterThan(0.99);
      }
    }
  });

  test('no warp gives the samples themselves', () => {
    const stretch = bells(500, 110, 40);
    const window = new Float32Array(300);
    TimeWarp.none.resample(stretch, 249.5, -149.5, window);
    expect(window).toEqual(stretch.slice(100, 400));
  });

  test('invents nothing beyond the ends of the stretch', () => {
    const stretch = Float32Array.of(3, 5);
    const window = new Float32Array(6);
    TimeWarp.none.resample(stretch, 0, -2, window);
    expect([...window]).toEqual([3, 3, 3, 5, 5, 5]);
  });
});

describe('jitter', () => {
  const starts = (start: number, available: number, samples: number) => {
    const generator = new RandomGenerator('jitter');
    return Array.from({ length: 5000 }, () => jitterStart(start, 300, available, generator, { samples }));
  };

  test('shifts evenly by up to the samples asked for', () => {
    const counts = new Map<number, number>();
    for (const start of starts(500, 2000, 4)) counts.set(start, (counts.get(start) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual([496, 497, 498, 499, 500, 501, 502, 503, 504]);
    // 4 standard deviations of 5,000 draws of one in nine.
    for (const count of counts.values()) expect(Math.abs(count - 5000 / 9)).toBeLessThan(89);
  });

  test('stays inside the stretch', () => {
    expect(new Set(starts(1, 2000, 3))).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(new Set(starts(1699, 2000, 3))).toEqual(new Set([1696, 1697, 1698, 1699, 1700]));
    expect(new Set(starts(0, 300, 1000))).toEqual(new Set([0]));
  });
});
