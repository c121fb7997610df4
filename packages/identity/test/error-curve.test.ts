import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { equalErrorRate, errorCurve, errorRatesAt, fnmrAtFmr, IdentityError, thresholdAtFmr } from '../src/index.js';
import { normalQuantiles, phi } from './gaussian.js';

const eer = (genuine: number[], impostor: number[]) => equalErrorRate(errorCurve(genuine, impostor)).value;
/** Few distinct values, so that ties are common. */
const scores = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 });

describe('errorCurve', () => {
  test('lists every operating point of a small example', () => {
    const curve = errorCurve([0.9, 0.4, 0.6], [0.4, 0.1]);
    expect(Array.from(curve.thresholds)).toEqual([Infinity, 0.9, 0.6, 0.4, 0.1]);
    expect(Array.from(curve.fmr)).toEqual([0, 0, 0, 0.5, 1]);
    expect(Array.from(curve.fnmr)).toEqual([1, 2 / 3, 1 / 3, 0, 0]);
  });

  test('is monotone, and agrees with counting at any threshold', () => {
    fc.assert(
      fc.property(scores, scores, fc.double({ min: -25, max: 25, noNaN: true }), (genuine, impostor, threshold) => {
        const curve = errorCurve(genuine, impostor);
        for (let i = 1; i < curve.fmr.length; i++) {
          expect(curve.thresholds[i]!).toBeLessThan(curve.thresholds[i - 1]!);
          expect(curve.fmr[i]!).toBeGreaterThanOrEqual(curve.fmr[i - 1]!);
          expect(curve.fnmr[i]!).toBeLessThanOrEqual(curve.fnmr[i - 1]!);
        }
        for (const t of [threshold, Math.round(threshold)]) {
          expect(errorRatesAt(curve, t)).toEqual({
            fmr: impostor.filter((score) => score >= t).length / impostor.length,
            fnmr: genuine.filter((score) => score < t).length / genuine.length,
          });
        }
      }),
    );
  });

  test('takes infinite scores as what they are: never or always accepted', () => {
    const curve = errorCurve([1, -Infinity], [0, -Infinity]);
    expect(errorRatesAt(curve, 0.5)).toEqual({ fmr: 0, fnmr: 0.5 });
    expect(errorRatesAt(curve, -Infinity)).toEqual({ fmr: 1, fnmr: 0 });
  });

  test.each([
    ['no genuine scores', [], [1]],
    ['no impostor scores', [1], []],
    ['an impostor score is NaN', [1], [2, Number.NaN]],
  ])('refuses sets without use: %s', (_, genuine, impostor) => {
    expect(() => errorCurve(genuine, impostor)).toThrow(IdentityError);
  });
});

describe('equalErrorRate', () => {
  test('is 0 for perfect separation, 1 for the reverse, 0.5 when nothing is told apart', () => {
    expect(eer([0.8, 0.9], [0.1, 0.7])).toBe(0);
    expect(eer([0.1, 0.2], [0.8, 0.9])).toBe(1);
    expect(eer([3, 3, 3], [3, 3])).toBe(0.5);
    expect(eer([1, 2, 3], [1, 2, 3])).toBeCloseTo(0.5, 12);
  });

  test('interpolates between operating points', () => {
    // Points (FMR, FNMR): (0, 1), (0, ½), (⅓, ½), (⅓, 0) …: the vertical step at ⅓ is crossed at ⅓.
    expect(eer([4, 2], [3, 1, 0])).toBeCloseTo(1 / 3, 12);
    // A tie of one genuine and one impostor: from (0, ½) straight to (½, 0).
    expect(eer([4, 2], [2, 0])).toBeCloseTo(0.25, 12);
  });

  test('its threshold is the operating point where the two rates are closest', () => {
    const curve = errorCurve([5, 4, 3, 1], [2, 0, 0, 0]);
    const { value, threshold } = equalErrorRate(curve);
    expect(value).toBe(0.25);
    expect(errorRatesAt(curve, threshold)).toEqual({ fmr: 0.25, fnmr: 0.25 });
  });

  test.each([0.5, 1, 2, 3])('meets Φ(−d′/2) for Gaussian scores with d′ = %d', (d) => {
    expect(eer(normalQuantiles(400, d), normalQuantiles(600, 0))).toBeCloseTo(phi(-d / 2), 2);
  });

  test('is invariant to order, to rising transformations, and to swapping the roles of negated scores', () => {
    fc.assert(
      fc.property(scores, scores, (genuine, impostor) => {
        const value = eer(genuine, impostor);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(eer([...genuine].reverse(), [...impostor].sort())).toBe(value);
        expect(eer(genuine.map(Math.atan), impostor.map(Math.atan))).toBe(value);
        const negate = (score: number) => -score;
        expect(eer(impostor.map(negate), genuine.map(negate))).toBeCloseTo(value, 12);
      }),
    );
  });

  test('does not fall when a genuine score falls', () => {
    fc.assert(
      fc.property(scores, scores, fc.nat(), fc.integer({ min: 1, max: 30 }), (genuine, impostor, at, by) => {
        const worse = genuine.map((score, i) => (i === at % genuine.length ? score - by : score));
        expect(eer(worse, impostor)).toBeGreaterThanOrEqual(eer(genuine, impostor) - 1e-12);
      }),
    );
  });
});

describe('fixed FMR', () => {
  test('keeps the target and is the most permissive observed threshold that does', () => {
    fc.assert(
      fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), (genuine, impostor, target) => {
        const curve = errorCurve(genuine, impostor);
        const threshold = thresholdAtFmr(curve, target);
        const rates = errorRatesAt(curve, threshold);
        expect(rates.fmr).toBeLessThanOrEqual(target);
        expect(fnmrAtFmr(curve, target)).toBe(rates.fnmr);
        for (const score of [...genuine, ...impostor]) {
          if (score < threshold) expect(errorRatesAt(curve, score).fmr).toBeGreaterThan(target);
        }
      }),
    );
  });

  test('meets the Gaussian DET curve', () => {
    // At FMR 1 % the threshold is the 99 % quantile, 2.3263; FNMR = Φ(2.3263 − d′).
    const curve = errorCurve(normalQuantiles(5000, 3), normalQuantiles(5000, 0));
    expect(thresholdAtFmr(curve, 0.01)).toBeCloseTo(2.3263, 1);
    expect(fnmrAtFmr(curve, 0.01)).toBeCloseTo(phi(2.3263 - 3), 2);
  });

  test('accepts nobody when even the highest score is an impostor', () => {
    const curve = errorCurve([1], [2]);
    expect(thresholdAtFmr(curve, 0)).toBe(Infinity);
    expect(fnmrAtFmr(curve, 0)).toBe(1);
  });
});
