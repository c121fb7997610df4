/**
 * Christov 2004, "Real time electrocardiogram QRS detection using combined adaptive threshold", BioMedical Engineering
 * OnLine 3:28, algorithm 2 (with beat expectation).
 *
 * Averages over one period of the mains (20 ms) and over 28 ms, absolute difference of the sample after and the one before
 * (the "complex lead" of a single lead), average over 40 ms. A beat is where that reaches the sum of three thresholds: M,
 * steep slopes, from the last five beats; F, integrated noise; R, expectation from the last five RR intervals.
 * The beat is placed at the crossing itself, as the paper has it: the filters' delay happens to make up for most of the way
 * from the foot of the complex to the R peak.
 *
 * So a beat is reported at once, but without having looked for its peak.
 *
 * Deviations: one lead; the mains are taken at 50 Hz, the paper's; the first five seconds are searched with the thresholds
 * learnt from them, so that the delay of the first beats is that of the learning.
 */
import type { BeatDetector, Detections } from './beat-detector.js';
import { movingAverage } from './filters.js';
import { RecentValues } from './recent-values.js';

const fiveTimes = (value: number) => [value, value, value, value, value];

function detect(samples: Float32Array, rate: number): Detections {
  const length = (ms: number) => Math.max(1, Math.round((ms * rate) / 1000));
  const smoothed = movingAverage(movingAverage(Float64Array.from(samples), length(20)), length(28));
  const lead = movingAverage(
    smoothed.map((value, n) => Math.abs(value - smoothed[Math.max(0, n - 2)]!)),
    length(40),
  );
  const highest = (from: number, to: number) => {
    let best = 0;
    const end = Math.min(to, lead.length);
    for (let n = Math.max(0, from); n < end; n++) if (lead[n]! > best) best = lead[n]!;
    return best;
  };

  const learning = 5 * rate;
  let slope = 0.6 * highest(0, learning);
  const slopes = new RecentValues(5, fiveTimes(slope));
  let newest = slope;
  const noiseWindow = length(350);
  const edgeWindow = length(50);
  let noise = lead.subarray(0, noiseWindow).reduce((sum, value) => sum + value, 0) / noiseWindow;
  const intervals = new RecentValues(5);
  const refractory = length(200);
  const decayEnd = length(1200);
  const rPeaks: number[] = [];
  const reportedAt: number[] = [];
  let last = -1;
  /** Where the search for the steepest slope of the last beat ends, 200 ms after it. */
  let measureAt = -1;

  for (let n = 0; n < lead.length; n++) {
    if (n > noiseWindow)
      noise += (highest(n - edgeWindow, n) - highest(n - noiseWindow, n - noiseWindow + edgeWindow)) / 150;
    if (n === measureAt) {
      const measured = 0.6 * highest(last, n);
      newest = measured > 1.5 * newest ? 1.1 * newest : measured;
      slopes.put(newest);
      slope = slopes.mean();
    }
    const since = last < 0 ? refractory : n - last;
    if (since < refractory) continue;
    const decay = (0.4 * slope) / (decayEnd - refractory);
    const slopeThreshold = slope - decay * (last < 0 ? 0 : Math.min(since, decayEnd) - refractory);
    let expectation = 0;
    if (intervals.size === 5) {
      const mean = intervals.mean();
      const from = (2 * mean) / 3;
      if (since > from) expectation = -(decay / 1.4) * (Math.min(since, mean) - from);
    }
    if (lead[n]! <= slopeThreshold + noise + expectation) continue;
    if (last >= 0) intervals.put(n - last);
    last = n;
    measureAt = n + refractory;
    rPeaks.push(n / rate);
    reportedAt.push(Math.max(n, Math.min(learning, lead.length)) / rate);
  }
  return { rPeaks, reportedAt };
}

export const christov: BeatDetector = {
  name: 'Christov',
  source: 'I. I. Christov, BioMedical Engineering OnLine 3:28, 2004',
  causal: true,
  detect,
};
