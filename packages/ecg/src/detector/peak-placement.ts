/**
 * Puts the R peak where the 0.5–40 Hz signal deviates most, in absolute value, from its baseline near the detection: a
 * signed maximum loses inverted beats.
 */
import type { SampleRing } from '../signal/sample-ring.js';
import { baselineReach, featureDelay, placementReach } from './constants.js';

const f = Math.fround;

/**
 * @param signal latest 0.5–40 Hz samples, at least 128 of them, the newest included.
 * @param featurePeak position of the feature's peak.
 * @returns position of the R peak in the stream.
 */
export function placePeak(signal: SampleRing, featurePeak: number): number {
  const centre = featurePeak - featureDelay;
  const oldest = signal.oldest;
  const newest = signal.count - 1;
  const baselineFrom = Math.max(oldest, centre - baselineReach);
  const baselineTo = Math.min(newest, centre + baselineReach);
  let sum = 0;
  for (let i = baselineFrom; i <= baselineTo; i++) sum = f(sum + signal.at(i));
  const baseline = f(sum / (baselineTo - baselineFrom + 1));

  const from = Math.max(oldest, centre - placementReach);
  const to = Math.min(newest, centre + placementReach);
  let peak = from;
  let largest = -1;
  for (let i = from; i <= to; i++) {
    const deviation = Math.abs(f(signal.at(i) - baseline));
    if (deviation > largest) {
      largest = deviation;
      peak = i;
    }
  }
  return peak;
}
