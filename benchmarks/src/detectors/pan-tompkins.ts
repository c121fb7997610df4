/**
 * Pan & Tompkins 1985, "A real-time QRS detection algorithm", IEEE Trans. Biomed. Eng. 32(3):230–236.
 *
 * At 200 Hz: the paper's integer low-pass and high-pass (5–15 Hz), five-point derivative, squaring, 150 ms moving
 * integration. A beat must exceed its threshold in the integrated and in the band-passed signal; thresholds follow running
 * estimates of beat and noise peaks, search-back uses the second thresholds after 166 % of the RR average, an irregular
 * rhythm halves the first ones, a peak within 360 ms with less than half the slope of the beat before it is a T wave.
 * The R peak stands at the largest band-passed deflection within the integration window, less the filters' delay.
 *
 * Deviations: floating point; the paper leaves open when a peak counts as one ("changes direction within a specified time
 * interval": 100 ms here), how the levels are learnt in the first two seconds (a third of the largest and half of the mean
 * of both signals), and the sign of the band-passed peak (the absolute value here).
 */
import { resample } from '@edgebeat/ecg';
import type { BeatDetector, Detections } from './beat-detector.js';
import { averageSubtracted, movingAverage } from './filters.js';
import { RecentValues } from './recent-values.js';

const rate = 200;
const integration = 30;
const filterDelay = 5 + 16;
const refractory = 40;
const tWaveReach = 72;
const learning = 2 * rate;
const turnInterval = 20;

/** Peak of the integrated signal, and of the band-passed signal under it. */
interface Peak {
  readonly at: number;
  readonly integrated: number;
  readonly filtered: number;
  /** Where the band-passed signal has its peak. */
  readonly filteredAt: number;
  /** Largest derivative on the way up. */
  readonly slope: number;
}

/** Running estimates of beat and noise peaks in one of the two signals. */
class Levels {
  beat: number;
  noise: number;

  constructor(beat: number, noise: number) {
    this.beat = beat;
    this.noise = noise;
  }

  threshold(regular: boolean): number {
    const first = this.noise + 0.25 * (this.beat - this.noise);
    return regular ? first : first / 2;
  }

  putBeat(peak: number, share: number): void {
    this.beat += share * (peak - this.beat);
  }

  putNoise(peak: number): void {
    this.noise += 0.125 * (peak - this.noise);
  }
}

/** The two averages of RR intervals: of the last eight, and of the last eight that were near the average. */
class Rhythm {
  private readonly recent = new RecentValues(8);
  private readonly nearAverage = new RecentValues(8);

  put(interval: number): void {
    this.recent.put(interval);
    if (this.nearAverage.size === 0 || this.accepts(interval)) this.nearAverage.put(interval);
    // "If each of the eight most recent intervals is within the limits, the rhythm is normal": then both are one.
    else if (this.recent.size === 8 && this.nearAverage.size < 2) this.nearAverage.put(this.recent.mean());
  }

  get known(): boolean {
    return this.recent.size > 0;
  }

  get missedLimit(): number {
    return 1.66 * this.nearAverage.mean();
  }

  /** The average of the last eight lies within the limits around the other. */
  get regular(): boolean {
    return !this.known || this.accepts(this.recent.mean());
  }

  private accepts(interval: number): boolean {
    const average = this.nearAverage.mean();
    return interval > 0.92 * average && interval < 1.16 * average;
  }
}

function detect(samples: Float32Array, inputRate: number): Detections {
  const signal = Float64Array.from(resample(samples, inputRate, rate));
  const lowPassed = movingAverage(movingAverage(signal, 6), 6);
  const filtered = averageSubtracted(lowPassed, 32, 16);
  const derivative = filtered.map((newest, n) =>
    n < 4 ? 0 : (2 * newest + filtered[n - 1]! - filtered[n - 3]! - 2 * filtered[n - 4]!) / 8,
  );
  const integrated = movingAverage(
    derivative.map((value) => value * value),
    integration,
  );

  const describe = (top: number): Peak => {
    let filteredAt = top;
    let slope = 0;
    for (let n = Math.max(0, top - integration); n <= top; n++) {
      if (Math.abs(filtered[n]!) > Math.abs(filtered[filteredAt]!)) filteredAt = n;
      slope = Math.max(slope, Math.abs(derivative[n]!));
    }
    return { at: top, integrated: integrated[top]!, filtered: Math.abs(filtered[filteredAt]!), filteredAt, slope };
  };

  const learn = (of: Float64Array) => {
    let highest = 0;
    let sum = 0;
    const length = Math.min(learning, of.length);
    for (let n = 0; n < length; n++) {
      highest = Math.max(highest, Math.abs(of[n]!));
      sum += Math.abs(of[n]!);
    }
    return new Levels(highest / 3, sum / length / 2);
  };
  const inIntegrated = learn(integrated);
  const inFiltered = learn(filtered);
  const rhythm = new Rhythm();
  const rPeaks: number[] = [];
  const reportedAt: number[] = [];
  let last: Peak | undefined;
  /** Peaks since the last beat that were taken for noise. */
  let passedOver: Peak[] = [];

  const report = (peak: Peak, share: number, now: number) => {
    inIntegrated.putBeat(peak.integrated, share);
    inFiltered.putBeat(peak.filtered, share);
    if (last) rhythm.put(peak.at - last.at);
    last = peak;
    passedOver = passedOver.filter((other) => other.at > peak.at + refractory);
    rPeaks.push(Math.max(0, peak.filteredAt - filterDelay) / rate);
    reportedAt.push(Math.max(now, learning) / rate);
  };
  const exceeds = (peak: Peak, share: number) =>
    peak.integrated > share * inIntegrated.threshold(rhythm.regular) &&
    peak.filtered > share * inFiltered.threshold(rhythm.regular);

  const judge = (peak: Peak, now: number) => {
    const distance = last ? peak.at - last.at : Number.POSITIVE_INFINITY;
    if (distance < refractory) return;
    const tWave = distance < tWaveReach && peak.slope < last!.slope / 2;
    if (!tWave && exceeds(peak, 1)) return report(peak, 0.125, now);
    inIntegrated.putNoise(peak.integrated);
    inFiltered.putNoise(peak.filtered);
    if (!tWave) passedOver.push(peak);
  };

  let top = 0;
  for (let now = 1; now < integrated.length; now++) {
    // A top is one when nothing higher came before or after it within the turning interval.
    if (integrated[now]! > integrated[top]!) top = now;
    else if (now - top === turnInterval) {
      judge(describe(top), now);
      top = now;
    } else if (integrated[now]! > integrated[now - 1]! && now - top > turnInterval) top = now;
    if (last && rhythm.known && now - last.at > rhythm.missedLimit) {
      const candidates = passedOver.filter((peak) => exceeds(peak, 0.5));
      const best = candidates.sort((a, b) => b.integrated - a.integrated)[0];
      if (best) report(best, 0.25, now);
    }
  }
  return { rPeaks, reportedAt };
}

export const panTompkins: BeatDetector = {
  name: 'Pan–Tompkins',
  source: 'J. Pan, W. J. Tompkins, IEEE Trans. Biomed. Eng. 32(3):230–236, 1985',
  causal: true,
  detect,
};
