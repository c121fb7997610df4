/** Another cut: R peaks are not found to the sample, and an activity has no first sample. */
import type { RandomGenerator } from '../random/random-generator.js';

export interface JitterOptions {
  /** The cut is shifted by at most this many samples, earlier or later. */
  readonly samples: number;
}

/**
 * @param start first sample of the window in its stretch. @param length samples of the window.
 * @param available samples of the stretch.
 * @returns another start, evenly among those at most `samples` away for which the window lies inside the stretch.
 */
export function jitterStart(
  start: number,
  length: number,
  available: number,
  generator: RandomGenerator,
  { samples }: JitterOptions,
): number {
  const earliest = Math.max(0, start - samples);
  const latest = Math.min(available - length, start + samples);
  return earliest + generator.integer(latest - earliest + 1);
}
