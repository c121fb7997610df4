/**
 * Error rates of verification as functions of the threshold (ISO/IEC 19795-1). Scores are similarities: larger is more
 * alike; a comparison is accepted when score ≥ threshold.
 *
 * - FMR, false match rate: share of impostor comparisons that are accepted;
 * - FNMR, false non-match rate: share of genuine comparisons that are not.
 *
 * Failures to acquire or enrol are no comparisons and stand outside both, as the standard has it.
 */
import { IdentityError } from '../identity-error.js';

/**
 * Every operating point the scores can tell apart, strictest first: the points of the DET curve (FNMR over FMR) and of the
 * ROC curve (1 − FNMR over FMR). The first point accepts nothing (threshold +∞), the last everything.
 */
export interface ErrorCurve {
  /** Falling: +∞, then every distinct score. */
  readonly thresholds: Float64Array;
  /** Rising, 0 … 1. */
  readonly fmr: Float64Array;
  /** Falling, 1 … 0. */
  readonly fnmr: Float64Array;
}

/** A value of FMR and FNMR alike, and where it is met. */
export interface EqualErrorRate {
  readonly value: number;
  /** The operating point of the curve whose two rates are closest to each other. */
  readonly threshold: number;
}

/**
 * The error curve of two sets of scores, in any order; O(n log n).
 *
 * @throws IdentityError when a set is empty or holds NaN.
 */
export function errorCurve(genuine: ArrayLike<number>, impostor: ArrayLike<number>): ErrorCurve {
  const accept = sorted(genuine, 'genuine');
  const reject = sorted(impostor, 'impostor');
  const capacity = accept.length + reject.length + 1;
  const thresholds = new Float64Array(capacity);
  const fmr = new Float64Array(capacity);
  const fnmr = new Float64Array(capacity);
  thresholds[0] = Infinity;
  fnmr[0] = 1;
  let points = 1;
  let g = accept.length;
  let i = reject.length;
  while (g > 0 || i > 0) {
    const threshold = Math.max(g > 0 ? accept[g - 1]! : -Infinity, i > 0 ? reject[i - 1]! : -Infinity);
    while (g > 0 && accept[g - 1]! >= threshold) g--;
    while (i > 0 && reject[i - 1]! >= threshold) i--;
    thresholds[points] = threshold;
    fmr[points] = (reject.length - i) / reject.length;
    fnmr[points] = g / accept.length;
    points++;
  }
  return { thresholds: thresholds.slice(0, points), fmr: fmr.slice(0, points), fnmr: fnmr.slice(0, points) };
}

/**
 * Equal error rate: where the DET curve crosses FMR = FNMR, the curve taken as straight between neighbouring operating
 * points. With ties this is the usual interpolation of the ROC; a strictly rising transformation of the scores, or swapping
 * the roles of the two sets with negated scores, changes nothing.
 */
export function equalErrorRate({ thresholds, fmr, fnmr }: ErrorCurve): EqualErrorRate {
  let high = 1;
  while (fmr[high]! < fnmr[high]!) high++;
  const value = crossing(fmr[high - 1]!, fnmr[high - 1]!, fmr[high]!, fnmr[high]!);
  const before = fnmr[high - 1]! - fmr[high - 1]!;
  const after = fmr[high]! - fnmr[high]!;
  return { value, threshold: thresholds[before < after ? high - 1 : high]! };
}

/** Both error rates at a threshold, by binary search. */
export function errorRatesAt(curve: ErrorCurve, threshold: number): { readonly fmr: number; readonly fnmr: number } {
  const point = lastPoint(curve.thresholds.length, (index) => curve.thresholds[index]! >= threshold);
  return { fmr: curve.fmr[point]!, fnmr: curve.fnmr[point]! };
}

/**
 * The most permissive of the observed scores as threshold whose FMR does not exceed the target.
 *
 * @param target fraction of 1.
 * @returns +∞ (accept nobody) when every observed score accepts more impostors than that.
 */
export function thresholdAtFmr(curve: ErrorCurve, target: number): number {
  return curve.thresholds[lastPoint(curve.fmr.length, (index) => curve.fmr[index]! <= target)]!;
}

/** FNMR at `thresholdAtFmr`: nothing is interpolated, so the target FMR is kept, not approached. */
export function fnmrAtFmr(curve: ErrorCurve, target: number): number {
  return curve.fnmr[lastPoint(curve.fmr.length, (index) => curve.fmr[index]! <= target)]!;
}

/**
 * Height at which the segment between two operating points crosses FMR = FNMR.
 * The first point has FMR < FNMR, the second FMR ≥ FNMR.
 */
export function crossing(fmr0: number, fnmr0: number, fmr1: number, fnmr1: number): number {
  const before = fnmr0 - fmr0;
  const after = fmr1 - fnmr1;
  return fmr0 + (fmr1 - fmr0) * (before / (before + after));
}

/** Last index that satisfies a condition which holds up to some index and not beyond; it holds at 0. */
function lastPoint(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function sorted(scores: ArrayLike<number>, kind: string): Float64Array {
  if (scores.length === 0) {
    throw new IdentityError(`no ${kind} scores`, 'Error rates need at least one genuine and one impostor comparison.');
  }
  const copy = Float64Array.from(scores).sort();
  // Typed arrays sort NaN to the end.
  if (Number.isNaN(copy[copy.length - 1])) {
    throw new IdentityError(
      `a ${kind} score is NaN`,
      'Leave out comparisons that could not be made, and count them apart.',
    );
  }
  return copy;
}
