/**
 * Sampling rate and gaps from the time stamps of the samples. Stamps may jitter: a sample that waited in a buffer is
 * stamped late, then the next ones follow in a burst. So a long interval alone is no gap; it is one when the stamps
 * never catch up with the sampling clock again.
 */
import type { Gap } from './record.js';
import { SlidingMinimum } from './sliding-minimum.js';

export interface Timing {
  /** Samples per second. */
  readonly rate: number;
  readonly gaps: readonly Gap[];
}

/** Length of the stretches before and after a possible gap in which the stamps may catch up. */
const settleSeconds = 1;
/** Fewest samples in such a stretch. */
const settleSamples = 50;
/** How many pairs of stamps a slope estimate looks at. */
const slopePairs = 4096;

/**
 * The rate is the median slope over a fifth of the record, after gaps are taken out (a Theil-Sen estimate: a clock that
 * is set back or forth once does not move it); it is rounded to a whole number of hertz when the stamps cannot tell the
 * two apart.
 * @param stamps seconds, one per sample
 * @param shortestGap seconds; by default three quarters of a sampling interval, so that one lost sample is found
 * @returns undefined when there are fewer than three samples or the stamps do not advance
 */
export function timingOf(stamps: Float64Array, shortestGap?: number): Timing | undefined {
  const count = stamps.length;
  if (count < 3) return undefined;
  // Short enough that most of these slopes span no gap, long enough that jitter does not matter.
  const plateau = longestPlateau(stamps);
  const roughLag = Math.min(Math.max(settleSamples, 4 * plateau), Math.ceil(count / 3));
  const rough = medianSlope(stamps, roughLag);
  if (!(rough > 0)) return undefined;
  const find = (interval: number) => findGaps(stamps, interval, shortestGap ?? 0.75 * interval, plateau);
  const fine = medianSlope(withoutGaps(stamps, find(rough)), Math.ceil(count / 5));
  if (!(fine > 0)) return undefined;
  const gaps = find(fine);
  const continuous = withoutGaps(stamps, gaps);
  const interval = medianSlope(continuous, Math.ceil(count / 5));
  return interval > 0 ? { rate: wholeRate(continuous, interval), gaps } : undefined;
}

/** Median over the record of (stamp[i + lag] − stamp[i]) / lag. */
function medianSlope(stamps: Float64Array, lag: number): number {
  const last = stamps.length - lag;
  const stride = Math.max(1, Math.floor(last / slopePairs));
  const slopes = new Float64Array(Math.ceil(last / stride));
  for (let i = 0, k = 0; i < last; i += stride, k++) slopes[k] = (stamps[i + lag]! - stamps[i]!) / lag;
  slopes.sort();
  return slopes[slopes.length >> 1]!;
}

/**
 * Stamps are never early, so the earliest of a stretch, measured against the sampling clock, is the most trustworthy. A
 * gap is a lasting rise of that earliest value. Only intervals clearly longer than the sampling interval are looked at.
 */
function findGaps(stamps: Float64Array, interval: number, shortestGap: number, plateau: number): Gap[] {
  const count = stamps.length;
  const settle = Math.max(settleSamples, Math.ceil(settleSeconds / interval), 2 * plateau);
  const lateness = stamps.map((stamp, i) => stamp - i * interval);

  const ahead = new SlidingMinimum(settle, count);
  const earliestAhead = new Float64Array(count);
  for (let i = count - 1; i >= 0; i--) {
    ahead.push(lateness[i]!);
    earliestAhead[i] = ahead.minimum;
  }

  const behind = new SlidingMinimum(settle, count);
  const gaps: Gap[] = [];
  for (let i = 0; i < count; i++) {
    if (i > 0 && lateness[i]! - lateness[i - 1]! >= shortestGap) {
      const seconds = earliestAhead[i]! - behind.minimum;
      if (seconds >= shortestGap) {
        gaps.push({ beforeSample: i, seconds });
        behind.clear();
      }
    }
    behind.push(lateness[i]!);
  }
  return gaps;
}

/** Most samples in a row with one and the same stamp: tells stamps that are coarser than the sampling interval. */
function longestPlateau(stamps: Float64Array): number {
  let longest = 0;
  let run = 0;
  for (let i = 1; i < stamps.length; i++) {
    run = stamps[i] === stamps[i - 1] ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}

function withoutGaps(stamps: Float64Array, gaps: readonly Gap[]): Float64Array {
  const out = new Float64Array(stamps.length);
  let missing = 0;
  let next = 0;
  for (let i = 0; i < stamps.length; i++) {
    if (next < gaps.length && gaps[next]!.beforeSample === i) missing += gaps[next++]!.seconds;
    out[i] = stamps[i]! - missing;
  }
  return out;
}

/** The whole number next to the rate when it lies within four standard errors of it, otherwise the rate itself. */
function wholeRate(stamps: Float64Array, interval: number): number {
  const rate = 1 / interval;
  const whole = Math.round(rate);
  if (whole === 0) return rate;
  const count = stamps.length;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const rest = stamps[i]! - stamps[0]! - i * interval;
    sum += rest;
    squares += rest * rest;
  }
  const variance = Math.max(0, squares / count - (sum / count) ** 2);
  const relativeError = Math.sqrt((12 * variance) / count) / (count * interval) + 1e-9;
  return Math.abs(whole - rate) <= 4 * relativeError * rate ? whole : rate;
}
