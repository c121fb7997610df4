/** Recorded noise: baseline wander, electrode motion and muscle artefacts as they are. */
import type { RandomGenerator } from '../random/random-generator.js';
import { RecipeError } from '../recipe-error.js';
import { addScaled } from './add-scaled.js';
import { powerOf } from './power.js';
import type { Range } from './range.js';

export interface RecordedNoiseOptions {
  /** Signal-to-noise ratio in decibels: power of the window over power of the noise in it, each about its mean. */
  readonly snr: Range;
}

/**
 * Adds a random stretch of a random noise.
 *
 * @param window mV, changed in place.
 * @param noises signals in the band and at the rate of the window, each at least as long; `loadNoise` gives such.
 * @param signalPower mean square of the clean window about its mean, where it has noise in it already.
 * @throws RecipeError where there is no noise, or one shorter than the window.
 */
export function addRecordedNoise(
  window: Float32Array,
  generator: RandomGenerator,
  { snr }: RecordedNoiseOptions,
  noises: readonly Float32Array[],
  signalPower = powerOf(window),
): void {
  const noise = noises[generator.integer(Math.max(1, noises.length))];
  const starts = (noise?.length ?? 0) - window.length + 1;
  if (noise === undefined || starts < 1)
    throw new RecipeError(
      `a noise of ${noise?.length ?? 0} samples cannot be added to a window of ${window.length}`,
      'Give noise recordings longer than the windows.',
    );
  const from = generator.integer(starts);
  const decibels = generator.uniform(...snr);
  addScaled(window, noise.subarray(from, from + window.length), decibels, signalPower);
}
