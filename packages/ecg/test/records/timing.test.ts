import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { timingOf } from '../../src/records/timing.js';

const stampsAt = (rate: number, count: number) => Float64Array.from({ length: count }, (_, i) => i / rate);
const shiftFrom = (stamps: Float64Array, from: number, seconds: number) =>
  stamps.map((stamp, i) => (i >= from ? stamp + seconds : stamp));

/** A small generator, so that jitter is the same in every run. */
function jitter(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('rate', () => {
  test('is exact for exact stamps, whole or not', () => {
    fc.assert(
      fc.property(fc.double({ min: 20, max: 5000, noNaN: true }), fc.integer({ min: 3, max: 400 }), (rate, count) => {
        const timing = timingOf(stampsAt(rate, count));
        expect(timing?.rate).toBeCloseTo(rate, 3);
        expect(timing?.gaps).toEqual([]);
      }),
    );
  });

  test('is a whole number when rounded stamps cannot tell it from one', () => {
    const milliseconds = stampsAt(360, 3600).map((stamp) => Math.round(stamp * 1000) / 1000);
    expect(timingOf(milliseconds)).toEqual({ rate: 360, gaps: [] });
    expect(timingOf(stampsAt(128.5, 50))?.rate).toBeCloseTo(128.5, 6);
  });

  test('survives stamps coarser than the sampling interval', () => {
    const seconds = stampsAt(250, 5000).map(Math.floor);
    const timing = timingOf(seconds);
    expect(timing?.rate).toBeCloseTo(250, 0);
    expect(timing?.gaps).toEqual([]);
  });

  test('survives samples that arrive late in bursts', () => {
    const random = jitter(7);
    const stamps = stampsAt(497.3, 30_000);
    for (let i = 0; i < stamps.length; i += 50 + Math.floor(200 * random())) {
      const lateUntil = stamps[i]! + 0.06 * random();
      for (let k = i; k < stamps.length && stamps[k]! < lateUntil; k++) stamps[k] = lateUntil;
    }
    const timing = timingOf(stamps, 0.02);
    expect(timing?.rate).toBeCloseTo(497.3, 1);
    expect(timing?.gaps).toEqual([]);
  });

  test('survives a clock that is set back once', () => {
    const timing = timingOf(shiftFrom(stampsAt(498.55, 30_000), 12_000, -0.08), 0.02);
    expect(timing?.rate).toBeCloseTo(498.55, 2);
    expect(timing?.gaps).toEqual([]);
  });

  test('is unknown when the stamps do not advance', () => {
    expect(timingOf(new Float64Array(100))).toBeUndefined();
    expect(timingOf(stampsAt(-100, 50))).toBeUndefined();
    expect(timingOf(stampsAt(100, 2))).toBeUndefined();
    expect(timingOf(new Float64Array(50).fill(Number.NaN))).toBeUndefined();
  });
});

describe('gaps', () => {
  test('are found where they are, however many, and leave the rate alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 20, max: 1980 }), fc.integer({ min: 1, max: 5000 })), { maxLength: 4 }),
        (specs) => {
          const lost = new Map(specs);
          let stamps = stampsAt(250, 2000);
          for (const [at, samples] of lost) stamps = shiftFrom(stamps, at, samples / 250);
          const timing = timingOf(stamps);
          expect(timing?.rate).toBeCloseTo(250, 6);
          const expected = [...lost].sort(([a], [b]) => a - b);
          expect(timing?.gaps.map(({ beforeSample, seconds }) => [beforeSample, Math.round(seconds * 250)])).toEqual(
            expected,
          );
        },
      ),
    );
  });

  test('shorter than asked for are not told', () => {
    const stamps = shiftFrom(stampsAt(500, 5000), 2500, 0.015);
    expect(timingOf(stamps, 0.02)?.gaps).toEqual([]);
    expect(timingOf(stamps, 0.01)?.gaps).toHaveLength(1);
  });

  test('take no longer in a record full of them', () => {
    const stamps = new Float64Array(400_000);
    for (let i = 1; i < stamps.length; i++) stamps[i] = stamps[i - 1]! + (i < 200_000 ? 0 : i % 2 ? 1 : 0.001);
    const before = performance.now();
    timingOf(stamps);
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
