/** A stretch that tells nothing: lost contact. */
import type { RandomGenerator } from '../random/random-generator.js';
import type { Range } from './range.js';

export interface CutoutOptions {
  /** Samples, whole numbers, both included; a window that is shorter is cut out as a whole. */
  readonly length: Range;
  /** `zero` (the default) puts 0 there, `hold` the last value before it. */
  readonly fill?: 'zero' | 'hold';
}

/** The stretch lies anywhere inside the window. @param window changed in place. */
export function applyCutout(
  window: Float32Array,
  generator: RandomGenerator,
  { length: [shortest, longest], fill = 'zero' }: CutoutOptions,
): void {
  const length = Math.min(window.length, shortest + generator.integer(longest - shortest + 1));
  const from = generator.integer(window.length - length + 1);
  window.fill(fill === 'zero' ? 0 : window[Math.max(0, from - 1)]!, from, from + length);
}
