import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchBeats } from '../../src/scoring/match-beats.js';

const ec57 = { window: 0.15, from: 0, excluded: [] };

describe('beat-by-beat comparison', () => {
  test('pairs within the window, ends included, and counts the rest', () => {
    const match = matchBeats([1, 2, 3], [1.15, 2.2, 3], { ...ec57, window: 0.1500001 });
    expect(match.truePositives).toBe(2);
    expect(match.falseNegatives).toEqual([2]);
    expect(match.falsePositives).toEqual([2.2]);
    expect(match.offsets[0]).toBeCloseTo(0.15, 6);
  });

  test('gives a reference beat its nearest detection', () => {
    const match = matchBeats([1], [0.9, 1.02], ec57);
    expect(match).toMatchObject({ truePositives: 1, falsePositives: [0.9] });
    expect(match.offsets[0]).toBeCloseTo(0.02, 9);
  });

  test('gives a detection its nearest reference beat', () => {
    expect(matchBeats([0.9, 1.02], [1], ec57)).toMatchObject({ truePositives: 1, falseNegatives: [0.9] });
  });

  test('keeps two close pairs together', () => {
    expect(matchBeats([1, 1.1], [1.06, 1.16], ec57)).toMatchObject({ truePositives: 2, falsePositives: [] });
  });

  test('leaves the learning period and excluded episodes out on both sides', () => {
    const options = { window: 0.15, from: 300, excluded: [{ from: 400, to: 410 }] };
    expect(matchBeats([299, 405], [298, 405.5, 409], options)).toEqual({
      truePositives: 0,
      falsePositives: [],
      falseNegatives: [],
      offsets: [],
    });
  });

  test('every beat is counted once', () => {
    const times = fc
      .array(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
      .map((values) => [...new Set(values)].sort((a, b) => a - b).map((value) => value / 20));
    fc.assert(
      fc.property(times, times, (reference, detected) => {
        const match = matchBeats(reference, detected, ec57);
        expect(match.truePositives + match.falseNegatives.length).toBe(reference.length);
        expect(match.truePositives + match.falsePositives.length).toBe(detected.length);
        for (const offset of match.offsets) expect(Math.abs(offset)).toBeLessThanOrEqual(0.15);
      }),
    );
  });

  test('a train compared with itself is perfect', () => {
    const times = Array.from({ length: 100 }, (_, i) => 0.3 * i);
    expect(matchBeats(times, times, ec57)).toMatchObject({
      truePositives: 100,
      falsePositives: [],
      falseNegatives: [],
    });
  });
});
