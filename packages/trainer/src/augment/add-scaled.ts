/** Puts noise onto a window at a stated signal-to-noise ratio. */
import { powerOf } from './power.js';

/**
 * Adds `noise` so that the power of the signal stands `snr` decibels above its own, both about their means. A silent noise
 * has no such scale; nothing is added then.
 *
 * This ratio takes the whole window. The noise stress test (`noiseGainFor`) takes the QRS complexes alone, as the power of a
 * sine of their height, and so states a higher ratio for the same noise: by 3 to 11 dB, 7 in the median, in windows of 4 s
 * of 20 MIT-BIH records.
 *
 * @param window changed in place. @param noise as long. @param snr decibels.
 * @param signalPower mean square of the signal about its mean.
 */
export function addScaled(window: Float32Array, noise: Float32Array, snr: number, signalPower: number): void {
  const noisePower = powerOf(noise);
  if (noisePower === 0) return;
  const scale = Math.sqrt(signalPower / noisePower) * 10 ** (-snr / 20);
  for (let i = 0; i < window.length; i++) window[i]! += scale * noise[i]!;
}
