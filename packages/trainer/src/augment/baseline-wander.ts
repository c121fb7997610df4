/** Synthetic baseline wander: breathing, and skin that moves under the electrode. */
import { sampleRate } from '@edgebeat/ecg';
import type { RandomGenerator } from '../random/random-generator.js';
import { powerOf } from './power.js';
import type { Range } from './range.js';

export interface BaselineWanderOptions {
  /**
   * What the wander reaches at most (the amplitudes of its sinusoids together), in standard deviations of the window: some
   * data sets state no gain, so that millivolts would mean something else in each.
   */
  readonly amplitude: Range;
  /** Frequencies of the sinusoids in Hz; 0.05 to 0.6 unless told otherwise. */
  readonly frequencies?: Range;
}

const sinusoids = 3;

/**
 * Adds three sinusoids of random frequency, phase and share of the amplitude.
 *
 * @param window mV at 250 Hz, changed in place.
 * @param signalPower mean square of the clean window about its mean, where it has noise in it already.
 */
export function addBaselineWander(
  window: Float32Array,
  generator: RandomGenerator,
  { amplitude, frequencies = [0.05, 0.6] }: BaselineWanderOptions,
  signalPower = powerOf(window),
): void {
  const whole = generator.uniform(...amplitude) * Math.sqrt(signalPower);
  const shares = Float64Array.from({ length: sinusoids }, () => generator.uniform());
  const sum = shares.reduce((total, share) => total + share, 0);
  for (const share of shares) {
    const frequency = generator.uniform(...frequencies);
    const phase = generator.uniform(0, 2 * Math.PI);
    if (sum > 0) addSinusoid(window, (whole * share) / sum, (2 * Math.PI * frequency) / sampleRate, phase);
  }
}

/** A pointer turned by `angle` from sample to sample: a sine for every sample would take most of the time. */
function addSinusoid(window: Float32Array, amplitude: number, angle: number, phase: number): void {
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  let x = amplitude * Math.cos(phase);
  let y = amplitude * Math.sin(phase);
  for (let i = 0; i < window.length; i++) {
    window[i]! += y;
    const turned = x * cosine - y * sine;
    y = x * sine + y * cosine;
    x = turned;
  }
}
