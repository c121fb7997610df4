import { describe, expect, test } from '@jest/globals';
import { addBaselineWander } from '../../src/augment/baseline-wander.js';
import { addMuscleNoise } from '../../src/augment/muscle-noise.js';
import { powerOf } from '../../src/augment/power.js';
import { addRecordedNoise } from '../../src/augment/recorded-noise.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { bells, difference, ratioOf, shareOfPower, sineWave, varianceOf } from './signals.js';

const generator = () => new RandomGenerator('noise');
const clean = bells(1000, 200, 90);

test('power leaves the mean out', () => {
  expect(powerOf(sineWave(1000, 5).map((value) => value + 100))).toBeCloseTo(0.5, 4);
  expect(powerOf(new Float32Array(10).fill(3))).toBe(0);
});

describe('recorded noise', () => {
  const noises = [sineWave(5000, 3.3, 0.2), sineWave(1000, 17, 30)];

  test.each([-6, 0, 3.5, 24])('stands at %d dB, to a tenth', (snr) => {
    const random = generator();
    for (let i = 0; i < 20; i++) {
      const window = clean.slice();
      addRecordedNoise(window, random, { snr: [snr, snr] }, noises);
      expect(Math.abs(ratioOf(clean, difference(window, clean)) - snr)).toBeLessThan(0.1);
    }
  });

  test('draws its ratio from the range, and every noise and every stretch of it', () => {
    const random = generator();
    const ratios: number[] = [];
    const starts = new Set<number>();
    let short = 0;
    for (let i = 0; i < 400; i++) {
      const window = new Float32Array(1000);
      addRecordedNoise(window, random, { snr: [5, 15] }, noises, 0.125);
      ratios.push(10 * Math.log10(0.125 / varianceOf(window)));
      // Only one stretch of the second noise is long enough; the first rises from another phase each time.
      if (shareOfPower(window.subarray(0, 250), 10, 30) > 0.5) short++;
      else starts.add(Math.round(1e4 * (window[0]! / Math.sqrt(2 * varianceOf(window)))));
    }
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.99);
    expect(Math.min(...ratios)).toBeLessThan(5.3);
    expect(Math.max(...ratios)).toBeLessThanOrEqual(15.01);
    expect(Math.max(...ratios)).toBeGreaterThan(14.7);
    expect(short).toBeGreaterThan(150);
    expect(short).toBeLessThan(250);
    expect(starts.size).toBeGreaterThan(100);
  });

  test('a silent noise adds nothing, a flat window stays flat, and what is missing is named', () => {
    const window = clean.slice();
    addRecordedNoise(window, generator(), { snr: [0, 0] }, [new Float32Array(2000)]);
    expect(window).toEqual(clean);
    const flat = new Float32Array(1000);
    addRecordedNoise(flat, generator(), { snr: [0, 0] }, noises);
    expect(flat).toEqual(new Float32Array(1000));
    const add =
      (...given: Float32Array[]) =>
      () =>
        addRecordedNoise(window, generator(), { snr: [0, 0] }, given);
    expect(add()).toThrow(/noise of 0 samples/);
    expect(add(new Float32Array(999))).toThrow(
      expect.objectContaining({ name: 'RecipeError', message: expect.stringMatching(/999 samples.*1000/) }),
    );
  });
});

describe('muscle noise', () => {
  test('stands at its ratio, and lies in its band', () => {
    const window = bells(4000, 200, 90);
    const before = window.slice();
    addMuscleNoise(window, generator(), { snr: [6, 6] });
    const noise = difference(window, before);
    expect(Math.abs(ratioOf(before, noise) - 6)).toBeLessThan(0.1);
    // Two poles at either edge: most inside, little an octave outside.
    expect(shareOfPower(noise, 10, 40)).toBeGreaterThan(0.75);
    expect(shareOfPower(noise, 0, 5)).toBeLessThan(0.02);
    expect(shareOfPower(noise, 80, 125)).toBeLessThan(0.05);
    const other = before.slice();
    addMuscleNoise(other, generator(), { snr: [6, 6], band: [20, 30] });
    const narrow = difference(other, before);
    expect(shareOfPower(narrow, 15, 35)).toBeGreaterThan(1.15 * shareOfPower(noise, 15, 35));
  });

  test('is as strong at its beginning as later', () => {
    const random = generator();
    let [early, late] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      const window = new Float32Array(300);
      addMuscleNoise(window, random, { snr: [0, 0] }, 1);
      early += window[0]! ** 2;
      late += window[200]! ** 2;
    }
    expect(early / late).toBeGreaterThan(0.85);
    expect(early / late).toBeLessThan(1.18);
  });
});

describe('baseline wander', () => {
  test('is slow, and stays below the amplitude asked for', () => {
    const random = generator();
    const largest: number[] = [];
    for (let i = 0; i < 300; i++) {
      const window = new Float32Array(2500);
      addBaselineWander(window, random, { amplitude: [2, 2] }, 0.25);
      largest.push(window.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
      if (i < 5) expect(shareOfPower(window, 0, 1)).toBeGreaterThan(0.99);
    }
    // Two standard deviations of 0.5 mV.
    expect(Math.max(...largest)).toBeLessThanOrEqual(1.0001);
    expect(Math.max(...largest)).toBeGreaterThan(0.95);
    expect(Math.min(...largest)).toBeGreaterThan(0.2);
  });

  test('is a sum of true sinusoids to the last sample', () => {
    const window = new Float32Array(1000);
    addBaselineWander(window, generator(), { amplitude: [1, 1], frequencies: [0.5, 0.5] }, 1);
    // One frequency: any three samples are bound by s[i − d] + s[i + d] = 2 cos(wd) s[i].
    const w = (2 * Math.PI * 0.5) / 250;
    for (let i = 250; i < 750; i++) {
      expect(window[i - 250]! + window[i + 250]!).toBeCloseTo(2 * Math.cos(250 * w) * window[i]!, 5);
    }
    expect(varianceOf(window)).toBeGreaterThan(0.01);
  });

  test('adds to what is there', () => {
    const [window, alone] = [clean.slice(), new Float32Array(1000)];
    addBaselineWander(window, generator(), { amplitude: [0.1, 1] });
    addBaselineWander(alone, generator(), { amplitude: [0.1, 1] }, powerOf(clean));
    for (let i = 0; i < 1000; i++) expect(window[i]! - clean[i]!).toBeCloseTo(alone[i]!, 5);
  });
});
