/** Synthetic muscle noise: white noise in a band. */
import { sampleRate } from '@edgebeat/ecg';
import type { RandomGenerator } from '../random/random-generator.js';
import { addScaled } from './add-scaled.js';
import { powerOf } from './power.js';
import type { Range } from './range.js';

export interface MuscleNoiseOptions {
  /** Signal-to-noise ratio in decibels: power of the window over power of the noise, each about its mean. */
  readonly snr: Range;
  /**
   * Edges of the band in Hz, below 125; 10 to 40 unless told otherwise: there lies what record `ma` of nstdb has beyond the
   * wander of its electrodes, after the signal path.
   */
  readonly band?: Range;
}

/** Samples that the filters run before the noise begins, until they have forgotten that they began. */
const settling = 64;

/**
 * @param window mV at 250 Hz, changed in place.
 * @param signalPower mean square of the clean window about its mean, where it has noise in it already.
 */
export function addMuscleNoise(
  window: Float32Array,
  generator: RandomGenerator,
  { snr, band = [10, 40] }: MuscleNoiseOptions,
  signalPower = powerOf(window),
): void {
  const noise = new Float32Array(settling + window.length);
  generator.normals(noise);
  filter(noise, butterworth('high-pass', band[0]));
  filter(noise, butterworth('low-pass', band[1]));
  addScaled(window, noise.subarray(settling), generator.uniform(...snr), signalPower);
}

interface Section {
  /** Gain of the numerator, which is 1, ±2, 1. */
  readonly gain: number;
  readonly middle: 2 | -2;
  readonly a1: number;
  readonly a2: number;
}

/** Second-order Butterworth section at 250 Hz, by the bilinear transform with the edge put in its place. */
function butterworth(kind: 'high-pass' | 'low-pass', edge: number): Section {
  const w = Math.tan((Math.PI * edge) / sampleRate);
  const a0 = 1 + Math.SQRT2 * w + w * w;
  return {
    gain: (kind === 'low-pass' ? w * w : 1) / a0,
    middle: kind === 'low-pass' ? 2 : -2,
    a1: (2 * (w * w - 1)) / a0,
    a2: (1 - Math.SQRT2 * w + w * w) / a0,
  };
}

/** In place, from rest, transposed direct form II. */
function filter(samples: Float32Array, { gain, middle, a1, a2 }: Section): void {
  let z1 = 0;
  let z2 = 0;
  for (let i = 0; i < samples.length; i++) {
    const x = gain * samples[i]!;
    const y = x + z1;
    z1 = middle * x - a1 * y + z2;
    z2 = x - a2 * y;
    samples[i] = y;
  }
}
