/** Adds a recorded noise to a recording at a stated signal-to-noise ratio, as the WFDB program `nst` does. */
import { type NoiseMeasure, noiseAmplitude, noiseGain, qrsAmplitude } from './amplitude.js';
import { NoiseError } from './noise-error.js';
import { resample } from './resample.js';

/** One signal: samples in mV, samples per second. */
export interface SampledSignal {
  readonly samples: Float32Array;
  readonly rate: number;
}

/** A stretch with noise in it, in seconds, the end not included. */
export interface NoisyStretch {
  readonly from: number;
  readonly to: number;
}

/** Noise from the beginning to the end: for augmentation. */
export const continuousNoise: readonly NoisyStretch[] = [{ from: 0, to: Number.POSITIVE_INFINITY }];

/**
 * The noise stress test's protocol: five minutes without noise to learn from, then two minutes with noise and two without
 * by turns.
 * @param seconds length of the recording.
 */
export function noiseStressTest(seconds: number): NoisyStretch[] {
  const stretches: NoisyStretch[] = [];
  for (let from = 300; from < seconds; from += 240) stretches.push({ from, to: Math.min(from + 120, seconds) });
  return stretches;
}

export interface AddNoiseOptions {
  /** What the noise is multiplied by; {@link noiseGainFor} gives it for a signal-to-noise ratio. */
  readonly gain: number;
  /** Where noise is added. */
  readonly stretches: readonly NoisyStretch[];
  /** Second of the noise recording that meets the first sample (default 0). The noise runs on where none is added. */
  readonly noiseFrom?: number;
}

/** @returns the gain that makes `noise` stand `snr` decibels below the QRS complexes of `clean`. */
export function noiseGainFor(
  clean: SampledSignal,
  normalBeats: readonly number[],
  noise: SampledSignal,
  snr: number,
  measure: NoiseMeasure = 'seconds',
): number {
  const signal = qrsAmplitude(clean.samples, clean.rate, normalBeats);
  return noiseGain(signal, noiseAmplitude(noise.samples, noise.rate, measure), snr);
}

/**
 * A noise of another rate is resampled, one that is too short starts over from its beginning. As in `nst` an offset keeps
 * the sum from jumping where noise sets in, ends or starts over; it stays until the next such place, so that the baseline
 * of what follows is not that of the clean recording. Samples that are not finite stay so.
 * @throws NoiseError when the noise has no samples.
 */
export function addNoise(clean: SampledSignal, noise: SampledSignal, options: AddNoiseOptions): Float32Array {
  if (noise.samples.length === 0) throw new NoiseError('the noise has no samples', 'Give a recorded noise.');
  const added = resample(noise.samples, noise.rate, clean.rate);
  const { gain, stretches, noiseFrom = 0 } = options;
  const output = new Float32Array(clean.samples.length);
  const first = Math.round(noiseFrom * clean.rate);
  let current = 0;
  let offset = 0;
  /** What was added to the sample before. */
  let before = 0;
  let stretch = 0;
  for (let i = 0; i < output.length; i++) {
    const time = i / clean.rate;
    while (stretch < stretches.length && time >= stretches[stretch]!.to) stretch++;
    const wanted = stretch < stretches.length && time >= stretches[stretch]!.from ? gain : 0;
    const index = (first + i) % added.length;
    if (wanted !== current || index === 0) {
      offset = before - wanted * added[Math.max(0, index - 1)]!;
      current = wanted;
    }
    before = current * added[index]! + offset;
    output[i] = clean.samples[i]! + before;
  }
  return output;
}
