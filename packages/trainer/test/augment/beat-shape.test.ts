/** Altered beats: what stays, what grows about which level, where the T wave comes to lie. */
import { describe, expect, test } from '@jest/globals';
import { alterBeat, type BeatShape, drawBeatShape } from '../../src/augment/beat-shape.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { difference, meanOf, peakOf } from './signals.js';

const LENGTH = 300;
const R_PEAK = 150;
/** The last sample before the QRS complex, whose level is that of the PQ segment, and the last of the complex itself. */
const [PQ, QRS_END] = [R_PEAK - 15, R_PEAK + 18];
const T_PEAK = R_PEAK + 76;

const unaltered: BeatShape = { before: 1, after: 1, stretch: 1 };

/** mV; P, R and T wave on `level`, and a slope so that no two samples are alike. */
function beatOf({ rPeak = R_PEAK, level = 0.3 } = {}): Float32Array {
  const wave = (i: number, height: number, centre: number, width: number) =>
    height * Math.exp(-0.5 * ((i - rPeak - centre) / width) ** 2);
  return Float32Array.from({ length: LENGTH }, (_, i) => {
    return level + 1e-4 * i + wave(i, 0.2, -42, 6) + wave(i, 1.2, 0, 3) + wave(i, -0.3, 8, 2) + wave(i, 0.4, 76, 11);
  });
}

function altered(shape: Partial<BeatShape>, beat = beatOf(), rPeak = R_PEAK): Float32Array {
  const copy = beat.slice();
  alterBeat(copy, rPeak, { ...unaltered, ...shape });
  return copy;
}

/** Indices at which two beats differ. */
const changesOf = (beat: Float32Array, other: Float32Array) => [...beat.keys()].filter((i) => beat[i] !== other[i]);

describe('an altered beat', () => {
  test.each([150, 100, 210])('has its QRS complex as it was, R peak at %i', (rPeak) => {
    const beat = beatOf({ rPeak });
    const other = altered({ before: 0.5, after: 2, stretch: 1.2 }, beat, rPeak);
    const [begin, end] = [rPeak - 15, rPeak + 18];
    expect(other.subarray(begin, end + 1)).toEqual(beat.subarray(begin, end + 1));
    // Everything else is other: nothing that lies beside the complex is spared, too.
    expect(changesOf(beat, other)).toHaveLength(LENGTH - 34);
  });

  test('of shape 1, 1, 1 is the beat, bit for bit', () => {
    const beat = beatOf();
    expect(altered(unaltered, beat)).toEqual(beat);
  });

  test('is altered only where it was asked to be', () => {
    const beat = beatOf();
    expect(Math.max(...changesOf(beat, altered({ before: 1.5 }, beat)))).toBe(PQ - 1);
    expect(Math.min(...changesOf(beat, altered({ after: 0.5 }, beat)))).toBe(QRS_END + 1);
    expect(Math.min(...changesOf(beat, altered({ stretch: 0.9 }, beat)))).toBe(QRS_END + 1);
  });

  test.each([0.5, 1.6])('is %d times as far from the level of the PQ segment', (factor) => {
    const beat = beatOf();
    const other = altered({ before: factor, after: factor }, beat);
    const level = beat[PQ]!;
    for (let i = 0; i < LENGTH; i++) {
      // The factor comes into effect over ten samples, so that there is no edge.
      const away = Math.max(PQ - i, i - QRS_END, 0);
      const share = Math.min(1, away / 10);
      expect(other[i]).toBeCloseTo(level + (beat[i]! - level) * (1 + share * (factor - 1)), 6);
    }
  });

  test('has one factor before and another after the complex', () => {
    const beat = beatOf();
    const other = altered({ before: 2, after: 0.5 }, beat);
    const heightOf = (samples: Float32Array, at: number) => samples[at]! - samples[PQ]!;
    expect(heightOf(other, R_PEAK - 42) / heightOf(beat, R_PEAK - 42)).toBeCloseTo(2, 4);
    expect(heightOf(other, T_PEAK) / heightOf(beat, T_PEAK)).toBeCloseTo(0.5, 4);
  });

  test('is the same on another level', () => {
    const shape = { before: 0.6, after: 1.5, stretch: 1.1 };
    const lifted = difference(altered(shape, beatOf({ level: 5 })), altered(shape, beatOf({ level: 0 })));
    for (const value of lifted) expect(value).toBeCloseTo(5, 5);
  });

  test.each([0.85, 0.95, 1.1, 1.15])('stretched by %d has its T wave there, as high as before', (stretch) => {
    const beat = beatOf();
    const other = altered({ stretch }, beat);
    const after = (samples: Float32Array) => samples.subarray(QRS_END + 1);
    const expected = QRS_END + (T_PEAK - QRS_END) * stretch;
    expect(Math.abs(peakOf(after(other)) + QRS_END + 1 - expected)).toBeLessThanOrEqual(1);
    // Its peak may come to lie between two samples.
    expect(Math.abs(Math.max(...after(other)) - Math.max(...after(beat)))).toBeLessThan(1e-3);
    expect(peakOf(other)).toBe(R_PEAK);
  });

  test('that is shortened holds its last value', () => {
    const beat = beatOf();
    const other = altered({ stretch: 0.8 }, beat);
    const end = Math.floor(QRS_END + (LENGTH - 1 - QRS_END) * 0.8);
    expect(other[end - 1]).not.toBe(beat[LENGTH - 1]);
    for (const value of other.subarray(end + 1)) expect(value).toBeCloseTo(beat[LENGTH - 1]!, 6);
  });

  test('of a window leaves its neighbours alone', () => {
    const window = new Float32Array(3 * LENGTH);
    for (const row of [0, 1, 2]) window.set(beatOf(), row * LENGTH);
    alterBeat(window.subarray(LENGTH, 2 * LENGTH), R_PEAK, { before: 0.5, after: 2, stretch: 1.2 });
    expect(window.subarray(0, LENGTH)).toEqual(beatOf());
    expect(window.subarray(LENGTH, 2 * LENGTH)).toEqual(altered({ before: 0.5, after: 2, stretch: 1.2 }));
    expect(window.subarray(2 * LENGTH)).toEqual(beatOf());
  });

  test('whose PQ segment was cut off is altered about its first sample', () => {
    const beat = beatOf({ rPeak: 10 });
    const other = altered({ before: 0.5, after: 2 }, beat, 10);
    expect(other.subarray(0, 29)).toEqual(beat.subarray(0, 29));
    expect(other[86]).toBeCloseTo(beat[0]! + 2 * (beat[86]! - beat[0]!), 6);
  });
});

describe('a shape by chance', () => {
  const options = { before: [0.5, 2], after: [0.8, 1.25], stretch: 0.15 } as const;

  function shapes(count: number, seed = 1): BeatShape[] {
    const generator = new RandomGenerator(seed);
    return Array.from({ length: count }, () => drawBeatShape(generator, options));
  }

  test('lies in the ranges, and fills them', () => {
    const all = shapes(4000);
    const reachOf = (name: keyof BeatShape) => {
      const values = all.map((shape) => shape[name]);
      return [Math.min(...values), Math.max(...values)] as const;
    };
    for (const [name, low, high] of [
      ['before', 0.5, 2],
      ['after', 0.8, 1.25],
      ['stretch', 0.85, 1.15],
    ] as const) {
      const [least, most] = reachOf(name);
      expect(least).toBeGreaterThanOrEqual(low);
      expect(most).toBeLessThan(high + 1e-9);
      expect(most - least).toBeGreaterThan(0.98 * (high - low));
    }
  });

  test('makes waves as often higher as lower, time as often slower as faster', () => {
    const all = shapes(4000);
    const share = (name: keyof BeatShape) => meanOf(all.map((shape) => (shape[name] > 1 ? 1 : 0)));
    for (const name of ['before', 'after', 'stretch'] as const) expect(Math.abs(share(name) - 0.5)).toBeLessThan(0.032);
    // Factors are uniform in the logarithm: a quarter lies above √2.
    expect(Math.abs(meanOf(all.map(({ before }) => (before > Math.SQRT2 ? 1 : 0))) - 0.25)).toBeLessThan(0.028);
  });

  test('is the same for the same seed', () => {
    expect(shapes(5)).toEqual(shapes(5));
    expect(shapes(5)).not.toEqual(shapes(5, 2));
  });
});
