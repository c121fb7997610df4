/** How two embeddings of unit length are compared, and which side of a threshold accepts. */
import { IdentityError } from './identity-error.js';

const f = Math.fround;

/**
 * - `cosine`: similarity, the dot product, −1 … 1, larger is more alike;
 * - `euclidean`: distance of the two points on the unit sphere, 0 … 2, smaller is more alike.
 *
 * On unit vectors both rank alike (distance² = 2 − 2 · similarity); they are offered because users think in one or the other.
 */
export type Metric = 'cosine' | 'euclidean';

/** A value of a metric at which a comparison is still accepted. The metric travels with it, so the two cannot be mixed up. */
export interface Threshold {
  readonly metric: Metric;
  /** Lowest similarity (`cosine`) or largest distance (`euclidean`) that is accepted. */
  readonly value: number;
}

/** Dot product of two unit vectors `[D]`, float32, summed from index 0. Range −1 … 1 up to rounding. */
export function cosineSimilarity(a: Float32Array, b: Float32Array): number {
  requireSameLength(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum = f(sum + f(a[i]! * b[i]!));
  return sum;
}

/** Euclidean distance of two unit vectors `[D]`, float32, squares summed from index 0. Range 0 … 2 up to rounding. */
export function euclideanDistance(a: Float32Array, b: Float32Array): number {
  requireSameLength(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = f(a[i]! - b[i]!);
    sum = f(sum + f(difference * difference));
  }
  return f(Math.sqrt(sum));
}

/** Value of the metric for two unit vectors. */
export function compare(metric: Metric, a: Float32Array, b: Float32Array): number {
  return metric === 'cosine' ? cosineSimilarity(a, b) : euclideanDistance(a, b);
}

/** Whether a value is as good as the threshold, or better. */
export function accepts(threshold: Threshold, value: number): boolean {
  return threshold.metric === 'cosine' ? value >= threshold.value : value <= threshold.value;
}

/** The value as a similarity score, larger is more alike: distances change their sign. */
export function toScore(metric: Metric, value: number): number {
  return metric === 'cosine' ? value : -value;
}

function requireSameLength(a: Float32Array, b: Float32Array): void {
  if (a.length !== b.length) {
    throw new IdentityError(
      `embeddings of ${a.length} and ${b.length} numbers cannot be compared`,
      'Templates and probes must come from the same model; enrol again after changing it.',
    );
  }
}
