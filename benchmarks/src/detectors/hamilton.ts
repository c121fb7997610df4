/**
 * Hamilton 2002, "Open source ECG analysis", Computers in Cardiology 29:101–104 (known as OSEA), in its variant with
 * medians: the strongest of the published causal detectors.
 *
 * At 200 Hz: low-pass, high-pass (8–16 Hz together), first difference, absolute value, 80 ms moving average. Peaks of that
 * are taken 200 ms after them unless a larger one comes, and are beats by the rules of the paper, all five of them.
 * An R peak is placed where the paper's code does: 80 ms and the filters' delay before the edge that ended the peak.
 *
 * Deviations: floating point instead of integers; input at another rate is resampled without counting the delay of that.
 */
import { resample } from '@edgebeat/ecg';
import type { BeatDetector, Detections } from './beat-detector.js';
import { averageSubtracted, movingAverage } from './filters.js';
import { RecentValues } from './recent-values.js';

const rate = 200;
const milliseconds = (ms: number) => Math.round((ms * rate) / 1000);

const windowWidth = milliseconds(80);
const preBlank = milliseconds(200);
/** Low-pass 4 samples, high-pass 12, first difference over 10 ms 1. */
const filterDelay = 4 + 12 + 1;
/** Share of the way from the noise level to the beat level at which the threshold lies. */
const thresholdShare = 0.3125;
const tWaveReach = milliseconds(360);
const resetAfter = 8 * rate;
/** Smaller peaks, of the averaged difference in mV per 10 ms, are no beats however quiet the signal. */
const leastPeak = 7 / 200;

/** Peaks of the detection signal, told at the edge that ends them: at half the height, or 95 ms after the top. */
class EdgeFinder {
  private highest = 0;
  private sinceHighest = 0;
  private last = 0;

  /** @returns the height of a peak that has just ended, or 0. */
  update(value: number): number {
    if (this.sinceHighest > 0) this.sinceHighest++;
    const rising = value > this.last;
    this.last = value;
    if (rising && value > this.highest) {
      this.highest = value;
      this.sinceHighest = 1;
    } else if (value < this.highest / 2 || this.sinceHighest > milliseconds(95)) {
      const height = this.highest;
      this.highest = 0;
      this.sinceHighest = 0;
      return height;
    }
    return 0;
  }
}

/** Lets a peak through once no larger one has come for 200 ms. */
class PeakSieve {
  private height = 0;
  private remaining = 0;

  update(peak: number): number {
    if (peak > 0 && (this.remaining === 0 || peak > this.height)) {
      this.height = peak;
      this.remaining = preBlank;
      return 0;
    }
    return this.remaining > 0 && --this.remaining === 0 ? this.height : 0;
  }
}

function detect(samples: Float32Array, inputRate: number): Detections {
  const signal = Float64Array.from(resample(samples, inputRate, rate));
  const lowPassed = movingAverage(movingAverage(signal, 5), 5);
  const bandPassed = averageSubtracted(lowPassed, milliseconds(125), milliseconds(62.5) - 1);
  const difference = (of: Float64Array, n: number) => of[n]! - of[n < 2 ? 0 : n - 2]!;
  const detection = movingAverage(
    bandPassed.map((_, n) => Math.abs(difference(bandPassed, n))),
    windowWidth,
  );

  /** Extremes of the raw slope in the stretch that made the peak whose edge was at `edge`. */
  const slopes = (edge: number) => {
    let steepest = 0;
    let steepestAt = 0;
    let deepest = 0;
    let deepestAt = 0;
    const end = edge - filterDelay + milliseconds(20);
    for (let n = Math.max(0, end - milliseconds(220)); n <= end; n++) {
      const slope = difference(signal, n);
      if (slope > steepest) [steepest, steepestAt] = [slope, n];
      if (slope < deepest) [deepest, deepestAt] = [slope, n];
    }
    const [larger, smaller] = steepest > -deepest ? [steepest, -deepest] : [-deepest, steepest];
    const bothWays = smaller > larger / 8 && Math.abs(steepestAt - deepestAt) < milliseconds(150);
    return { largest: larger, baselineShift: !bothWays };
  };

  const rPeaks: number[] = [];
  const reportedAt: number[] = [];
  const edges = new EdgeFinder();
  const sieve = new PeakSieve();
  let beatPeaks = new RecentValues(8);
  let noisePeaks = new RecentValues(8, [0, 0, 0, 0, 0, 0, 0, 0]);
  let intervals = new RecentValues(8, [rate, rate, rate, rate, rate, rate, rate, rate]);
  /** Highest peak of each second: threshold to start with, and to start again with after eight seconds without a beat. */
  let secondMaxima: number[] = [];
  let secondMaximum = 0;
  let threshold = Number.POSITIVE_INFINITY;
  let lastEdge = 0;
  let lastSlope = 0;
  /** The largest peak since the last beat that was no beat. */
  let missed: { height: number; edge: number; slope: number } | undefined;

  const setThreshold = () => {
    const noise = noisePeaks.median();
    threshold = noise + (beatPeaks.median() - noise) * thresholdShare;
  };
  const report = (height: number, edge: number, slope: number, now: number) => {
    beatPeaks.put(height);
    intervals.put(edge - lastEdge);
    setThreshold();
    lastEdge = edge;
    lastSlope = slope;
    missed = undefined;
    secondMaxima = [];
    secondMaximum = 0;
    rPeaks.push(Math.max(0, edge - windowWidth - filterDelay) / rate);
    reportedAt.push(now / rate);
  };

  for (let now = 0; now < detection.length; now++) {
    const height = sieve.update(edges.update(detection[now]!));
    const edge = now - preBlank;
    if (height > secondMaximum) secondMaximum = height;
    if (now % rate === rate - 1) {
      secondMaxima.push(secondMaximum);
      secondMaximum = 0;
      if (secondMaxima.length === resetAfter / rate) {
        beatPeaks = new RecentValues(8, secondMaxima);
        noisePeaks = new RecentValues(8, [0, 0, 0, 0, 0, 0, 0, 0]);
        intervals = new RecentValues(8, [rate, rate, rate, rate, rate, rate, rate, rate]);
        secondMaxima = [];
        setThreshold();
      }
    }
    if (threshold === Number.POSITIVE_INFINITY) {
      if (height > 0) lastEdge = edge;
      continue;
    }
    if (height > 0) {
      const { largest, baselineShift } = slopes(edge);
      const sinceBeat = edge - lastEdge;
      const tWave = sinceBeat < tWaveReach && largest < lastSlope / 2;
      if (!baselineShift && !tWave) {
        if (height > threshold && height > leastPeak) report(height, edge, largest, now);
        else {
          noisePeaks.put(height);
          setThreshold();
          if (sinceBeat >= tWaveReach && height > (missed?.height ?? 0)) missed = { height, edge, slope: largest };
        }
      }
    }
    if (missed && now - preBlank - lastEdge > 1.5 * intervals.median() && missed.height > threshold / 2)
      report(missed.height, missed.edge, missed.slope, now);
  }
  return { rPeaks, reportedAt };
}

export const hamilton: BeatDetector = {
  name: 'Hamilton (OSEA)',
  source: 'P. S. Hamilton, Computers in Cardiology 29:101–104, 2002',
  causal: true,
  detect,
};
