/**
 * How large a signal and a noise are, and the gain that puts them into a stated ratio, as the WFDB programs `sigamp` and
 * `nst` define it: the QRS complex counts, because power averaged over time would grow with the heart rate, and noise
 * counts by the second, because slower wander hardly troubles anyone. Many publications take the whole noise instead; for
 * noises that wander the two are far apart (`em` of nstdb: 6.9 dB), so that a figure needs the measure beside it.
 */
import { NoiseError } from './noise-error.js';

/** Half the window around a beat, in seconds. */
const complexReach = 0.05;
/** No more measurements than this are made. */
const mostMeasurements = 300;
/** Share of the measurements left out at either end. */
const trim = 0.05;

/**
 * Peak-to-peak amplitude of the QRS complexes: range within 50 ms on either side of a beat, of the first 300 beats, without
 * the largest and the smallest 5 %, averaged.
 * @param samples mV. @param rate samples per second. @param beats times of normal beats in seconds.
 * @returns mV.
 * @throws NoiseError when no beat has its whole window in the signal.
 */
export function qrsAmplitude(samples: Float32Array, rate: number, beats: readonly number[]): number {
  const reach = Math.round(complexReach * rate);
  const amplitudes: number[] = [];
  for (const beat of beats) {
    if (amplitudes.length === mostMeasurements) break;
    const centre = Math.round(beat * rate);
    if (centre < reach || centre + reach >= samples.length) continue;
    const complex = samples.subarray(centre - reach, centre + reach + 1);
    const range = rangeOf(complex);
    if (Number.isFinite(range)) amplitudes.push(range);
  }
  if (amplitudes.length === 0)
    throw new NoiseError('no beat to measure the signal by', 'Give the times of the beats in seconds.');
  return trimmedMean(amplitudes);
}

/**
 * What the amplitude of a noise is. `seconds`, as `sigamp` has it: root mean square about the mean, second by second, of
 * the first 300 seconds, without the largest and the smallest 5 %, averaged. `whole`: root mean square of the whole noise
 * about its mean.
 */
export type NoiseMeasure = 'seconds' | 'whole';

/**
 * @param samples mV. @param rate samples per second.
 * @returns mV.
 * @throws NoiseError when the noise is shorter than a second, or silent.
 */
export function noiseAmplitude(samples: Float32Array, rate: number, measure: NoiseMeasure = 'seconds'): number {
  const length = measure === 'whole' ? Math.max(1, samples.length) : Math.round(rate);
  const amplitudes: number[] = [];
  for (let start = 0; start + length <= samples.length && amplitudes.length < mostMeasurements; start += length) {
    amplitudes.push(deviation(samples.subarray(start, start + length)));
  }
  const amplitude = amplitudes.length === 0 ? 0 : trimmedMean(amplitudes);
  if (!(amplitude > 0)) throw new NoiseError('the noise is silent or shorter than a second', 'Give a recorded noise.');
  return amplitude;
}

/**
 * What the noise must be multiplied by: the power of the signal is that of a sine of the same peak-to-peak amplitude,
 * (QRS amplitude)² / 8, the power of the noise its amplitude squared.
 * @param snr signal-to-noise ratio in decibels.
 */
export function noiseGain(qrsAmplitude: number, noiseAmplitude: number, snr: number): number {
  return (qrsAmplitude / Math.sqrt(8) / noiseAmplitude) * 10 ** (-snr / 20);
}

/** Root mean square about the mean. */
function deviation(samples: Float32Array): number {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  return Math.sqrt(samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length);
}

function rangeOf(samples: Float32Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    if (!Number.isFinite(sample)) return Number.NaN;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return high - low;
}

function trimmedMean(values: number[]): number {
  const outliers = Math.floor(trim * values.length);
  const kept = values.sort((a, b) => a - b).slice(outliers, values.length - outliers);
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}
