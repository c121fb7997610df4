/**
 * Elgendi's two moving averages: M. Elgendi, M. Jonkman, F. De Boer 2010 (Biosignals), in the form of Elgendi 2013, "Fast
 * QRS detection with an optimized knowledge-based method", PLoS ONE 8(9):e73557.
 *
 * Zero-phase Butterworth band-pass of third order, 8–20 Hz, squared; where the average over a complex (97 ms) exceeds that
 * over a beat (611 ms) by 8 % of the mean of the whole record there is a block of interest; blocks as wide as a complex or
 * wider are beats. The R peak is the largest absolute value of the filtered signal in the block.
 *
 * Not causal: the filter runs both ways, and the offset is the mean of the whole record. No deviations are known.
 */

import type { BeatDetector, Detections } from './beat-detector.js';
import { bandPassSections, filterBothWays } from './butterworth.js';

const complexSeconds = 0.097;
const beatSeconds = 0.611;
const offsetShare = 0.08;

function detect(samples: Float32Array, rate: number): Detections {
  const filtered = filterBothWays(Float64Array.from(samples), bandPassSections(8, 20, rate));
  const squared = filtered.map((value) => value * value);
  const complexLength = Math.round(complexSeconds * rate);
  const overComplex = centredAverage(squared, complexLength);
  const overBeat = centredAverage(squared, Math.round(beatSeconds * rate));
  const offset = (offsetShare * squared.reduce((sum, value) => sum + value, 0)) / squared.length;
  const rPeaks: number[] = [];
  for (let start = 0; start < squared.length; ) {
    let end = start;
    while (end < squared.length && overComplex[end]! > overBeat[end]! + offset) end++;
    if (end - start >= complexLength) {
      let best = start;
      for (let n = start; n < end; n++) if (squared[n]! > squared[best]!) best = n;
      rPeaks.push(best / rate);
    }
    start = end + 1;
  }
  return { rPeaks };
}

/** Average over `length` samples around each; fewer at the ends. */
function centredAverage(signal: Float64Array, length: number): Float64Array {
  const half = length >> 1;
  const sums = new Float64Array(signal.length + 1);
  for (let n = 0; n < signal.length; n++) sums[n + 1] = sums[n]! + signal[n]!;
  return signal.map((_, n) => {
    const from = Math.max(0, n - half);
    const to = Math.min(signal.length, n + half + 1);
    return (sums[to]! - sums[from]!) / (to - from);
  });
}

export const elgendi: BeatDetector = {
  name: 'Elgendi',
  source: 'M. Elgendi, PLoS ONE 8(9):e73557, 2013',
  causal: false,
  detect,
};
