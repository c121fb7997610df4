import { describe, expect, test } from '@jest/globals';
import type { AugmentationOptions } from '../../src/augment/augmentation-options.js';
import { WindowAugmenter } from '../../src/augment/window-augmenter.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import {
  bells,
  difference,
  peakOf,
  powerBetween,
  ratioOf,
  shareOfPower,
  sineWave,
  stepsOf,
  varianceOf,
} from './signals.js';

const always = { probability: 1 };
const noises = { ma: [sineWave(4000, 30), sineWave(4000, 35)], bw: [sineWave(4000, 0.7)] };
const stretch = bells(3000, 200, 100);
const everything: AugmentationOptions = {
  jitter: { samples: 20, probability: 0.7 },
  timeWarp: { factor: 0.03, probability: 0.6 },
  baselineWander: { amplitude: [0, 1], probability: 0.5 },
  recordedNoise: { snr: [0, 20], probability: 0.5 },
  muscleNoise: { snr: [0, 20], probability: 0.4 },
  gain: { range: [0.5, 2], flip: 0.1, probability: 0.5 },
  cutout: { length: [20, 100], fill: 'hold', probability: 0.3 },
};

test('without options it gives the window itself', () => {
  const window = new WindowAugmenter({}).draw(stretch, 700, 1000, new RandomGenerator(1));
  expect(window).toEqual(stretch.slice(700, 1700));
});

test('the same seed gives the same bits, a restored generator goes on with them, and the stretch stays as it is', () => {
  const before = stretch.slice();
  const augmenter = new WindowAugmenter(JSON.parse(JSON.stringify(everything)), noises);
  const draws = (generator: RandomGenerator, count: number) =>
    Array.from({ length: count }, (_, i) => augmenter.draw(stretch, 100 * (i % 10) + 200, 1000, generator));
  const generator = new RandomGenerator(5);
  const first = draws(generator, 30);
  expect(draws(new RandomGenerator(5), 30)).toEqual(first);
  const restored = RandomGenerator.restore(JSON.parse(JSON.stringify(generator.state())));
  const following = draws(generator, 30);
  expect(new WindowAugmenter(everything, noises).draw(stretch, 200, 1000, restored)).toEqual(following[0]);
  expect(new Set(following.map((window) => window.join())).size).toBeGreaterThan(25);
  expect(following.flatMap((window) => [...window]).every(Number.isFinite)).toBe(true);
  expect(stretch).toEqual(before);
});

test.each([0, 0.25, 1])('each augmentation happens with its probability (%d)', (probability) => {
  const augmenter = new WindowAugmenter({ gain: { range: [2, 2], probability }, jitter: { samples: 0, ...always } });
  const generator = new RandomGenerator(6);
  const doubled = Array.from({ length: 2000 }, () => augmenter.draw(stretch, 0, 200, generator)[100]! > 1.5);
  const share = doubled.filter(Boolean).length / 2000;
  expect(Math.abs(share - probability)).toBeLessThan(4 * Math.sqrt((probability * (1 - probability)) / 2000) + 1e-9);
});

test('writes into a part of a batch and nothing else', () => {
  const batch = new Float32Array(3000).fill(9);
  const augmenter = new WindowAugmenter({ timeWarp: { factor: 0.03, ...always } });
  const part = batch.subarray(1000, 2000);
  expect(augmenter.draw(stretch, 500, 1000, new RandomGenerator(1), part)).toBe(part);
  expect(batch.filter((value) => value === 9)).toHaveLength(2000);
  expect(part).toEqual(augmenter.draw(stretch, 500, 1000, new RandomGenerator(1)));
});

test('every noise is measured against the clean signal', () => {
  const generator = new RandomGenerator(7);
  const snr = [10, 10] as const;
  const augmenter = new WindowAugmenter(
    {
      baselineWander: { amplitude: [3, 3], frequencies: [0.4, 0.6], ...always },
      recordedNoise: { snr, noises: ['ma'], ...always },
    },
    noises,
  );
  const clean = stretch.slice(500, 1500);
  for (let i = 0; i < 20; i++) {
    const added = difference(augmenter.draw(stretch, 500, 1000, generator), clean);
    expect(Math.abs(10 * Math.log10(varianceOf(clean) / powerBetween(added, 20, 45)) - 10)).toBeLessThan(0.1);
  }
});

test('takes recorded noise from the recordings named, at their ratio', () => {
  const clean = stretch.slice(500, 1500);
  const snr = [12, 12] as const;
  const added = (names?: string[]) => {
    const recordedNoise = { snr, ...always, ...(names && { noises: names }) };
    const augmenter = new WindowAugmenter({ recordedNoise }, noises);
    return Array.from({ length: 30 }, (_, i) =>
      difference(augmenter.draw(stretch, 500, 1000, new RandomGenerator(i)), clean),
    );
  };
  for (const noise of added(['bw'])) {
    expect(shareOfPower(noise, 0, 2)).toBeGreaterThan(0.99);
    expect(Math.abs(ratioOf(clean, noise) - 12)).toBeLessThan(0.1);
  }
  const slow = added().filter((noise) => shareOfPower(noise, 0, 2) > 0.99).length;
  expect(slow).toBeGreaterThan(2);
  expect(slow).toBeLessThan(25);
});

describe('rows', () => {
  const beats = [750, 950, 1150];

  test('are cut as they stand without options, wherever they overlap', () => {
    const window = new WindowAugmenter({}).draw(stretch, beats, 300, new RandomGenerator(1));
    for (const [row, start] of beats.entries())
      expect(window.subarray(300 * row, 300 * row + 300)).toEqual(stretch.subarray(start, start + 300));
  });

  test('keep their R peaks in the middle when time is warped', () => {
    const augmenter = new WindowAugmenter({ timeWarp: { factor: 0.05, ...always } });
    const generator = new RandomGenerator(8);
    let changed = 0;
    for (let i = 0; i < 100; i++) {
      const window = augmenter.draw(stretch, beats, 300, generator);
      for (let row = 0; row < 3; row++) {
        const middle = window.subarray(300 * row + 75, 300 * row + 225);
        expect(Math.abs(peakOf(middle) - 75)).toBeLessThanOrEqual(1);
        expect(Math.max(...middle)).toBeGreaterThan(0.98);
        // The neighbouring beats move with the course of time.
        if (Math.abs(peakOf(window.subarray(300 * row + 250, 300 * row + 300)) - 50) > 0) changed++;
      }
    }
    expect(changed).toBeGreaterThan(100);
  });

  test('are shifted each by itself by jitter', () => {
    const augmenter = new WindowAugmenter({ jitter: { samples: 6, ...always } });
    const generator = new RandomGenerator(9);
    const shifts = Array.from({ length: 200 }, () => {
      const window = augmenter.draw(stretch, beats, 300, generator);
      return [0, 1, 2].map((row) => 75 - peakOf(window.subarray(300 * row + 75, 300 * row + 225)));
    });
    expect(new Set(shifts.flat())).toEqual(new Set([-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]));
    expect(shifts.filter(([a, b]) => a !== b).length).toBeGreaterThan(150);
  });

  test('share one noise that runs on through them', () => {
    const silence = new Float32Array(3000);
    silence[900] = 1;
    const options = { recordedNoise: { snr: [0, 0] as const, noises: ['bw'], ...always } };
    const window = new WindowAugmenter(options, noises).draw(silence, [700, 900], 300, new RandomGenerator(3));
    // Samples 900 to 999 stand in both rows.
    expect(window.subarray(200, 300)).toEqual(window.subarray(300, 400));
    expect(varianceOf(window.subarray(200, 300))).toBeGreaterThan(0);
  });
});

describe('at the ends of the stretch', () => {
  // A ramp: every value tells where it was taken from.
  const ramp = Float32Array.from({ length: 400 }, (_, i) => i);

  test.each([
    ['at the beginning', 0],
    ['near the beginning', 2],
    ['at the end', 100],
    ['near the end', 97],
  ])('a window %s is taken from the stretch alone, without standstill', (_, start) => {
    const augmenter = new WindowAugmenter({ timeWarp: { factor: 0.05, ...always }, jitter: { samples: 5, ...always } });
    const generator = new RandomGenerator(10);
    for (let i = 0; i < 300; i++) {
      const window = augmenter.draw(ramp, start, 300, generator);
      const { least, most } = stepsOf(window);
      expect(least).toBeGreaterThan(0.9499);
      expect(most).toBeLessThan(1.0501);
    }
  });

  test('a window as long as the stretch is slowed down, or left as it is', () => {
    const augmenter = new WindowAugmenter({ timeWarp: { factor: 0.05, ...always } });
    const generator = new RandomGenerator(11);
    for (let i = 0; i < 200; i++) {
      const window = augmenter.draw(ramp, 0, 400, generator);
      expect(window[0]).toBeGreaterThanOrEqual(0);
      expect(window[399]).toBeLessThanOrEqual(399);
      expect(stepsOf(window).least).toBeGreaterThan(0.9499);
    }
  });

  test.each([
    [-1, 300],
    [101, 300],
    [0.5, 300],
    [Number.NaN, 300],
  ])('refuses a window from %d on', (start, length) => {
    expect(() => new WindowAugmenter({}).draw(ramp, start, length, new RandomGenerator(1))).toThrow(
      expect.objectContaining({ name: 'RecipeError', message: expect.stringContaining('stretch of 400') }),
    );
  });

  test('refuses a part of another size', () => {
    const draw = (out: Float32Array) => () =>
      new WindowAugmenter({}).draw(ramp, [0, 5], 300, new RandomGenerator(1), out);
    expect(draw(new Float32Array(300))).toThrow(/2 rows of 300 samples.*300/);
    expect(draw(new Float32Array(600))).not.toThrow();
  });
});

describe('refuses options', () => {
  test.each<[string, unknown, RegExp]>([
    ['it does not know', { timewarp: {} }, /"timewarp"/],
    ['without a probability', { gain: { range: [1, 2] } }, /gain\.probability is undefined/],
    ['of too high a probability', { gain: { range: [1, 2], probability: 2 } }, /gain\.probability is 2/],
    ['with a range of the wrong order', { gain: { range: [2, 1], ...always } }, /gain\.range is \[2,1\]/],
    ['with a negative gain', { gain: { range: [-1, 1], ...always } }, /gain\.range/],
    ['without a range', { muscleNoise: { ...always } }, /muscleNoise\.snr/],
    ['with half samples', { jitter: { samples: 1.5, ...always } }, /jitter\.samples is 1\.5/],
    ['with a warp that runs backwards', { timeWarp: { factor: 1.2, ...always } }, /timeWarp\.factor is 1\.2/],
    ['beyond the Nyquist frequency', { muscleNoise: { snr: [0, 1], band: [20, 200], ...always } }, /band/],
    ['for noises that are not there', { recordedNoise: { snr: [0, 1], noises: ['em'], ...always } }, /noise "em"/],
  ])('%s', (_, options, message) => {
    expect(() => new WindowAugmenter(options as AugmentationOptions, noises)).toThrow(
      expect.objectContaining({
        name: 'RecipeError',
        message: expect.stringMatching(message),
        hint: expect.any(String),
      }),
    );
  });

  test('for recorded noise without recordings', () => {
    expect(() => new WindowAugmenter({ recordedNoise: { snr: [0, 1], ...always } })).toThrow(/none is there/);
  });
});
