/** Another gain, as electrodes sit otherwise; the other sign, as they are swapped. */
import type { RandomGenerator } from '../random/random-generator.js';
import type { Range } from './range.js';

export interface GainOptions {
  /** The window is multiplied by a factor from this range, uniform in the logarithm; both positive. */
  readonly range: Range;
  /** Probability of the opposite sign, 0 unless told otherwise. */
  readonly flip?: number;
}

/** @param window changed in place. */
export function applyGain(window: Float32Array, generator: RandomGenerator, { range, flip = 0 }: GainOptions): void {
  const size = generator.logUniform(...range);
  const factor = generator.uniform() < flip ? -size : size;
  for (let i = 0; i < window.length; i++) window[i]! *= factor;
}
