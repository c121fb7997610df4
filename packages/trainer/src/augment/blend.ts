/**
 * A person who does not exist: the beats of two, R peak on R peak. More persons to tell apart than there are recordings of; what
 * varies from day to day in both of them varies in the blend. (Labels are shared out as in mixup, Zhang et al. 2018.)
 */
import type { Range } from './range.js';

export interface BlendOptions {
  /** How much of the blend is the second person, 0 to 1, uniform. */
  readonly share: Range;
}

/**
 * @param window normalised beats; becomes (1 − share) · window + share · other. @param other as many samples, normalised the same
 * way.
 */
export function blendWindows(window: Float32Array, other: Float32Array, share: number): void {
  for (let i = 0; i < window.length; i++) window[i] = (1 - share) * window[i]! + share * other[i]!;
}
