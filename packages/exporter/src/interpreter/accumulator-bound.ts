/** Whether int32 holds every sum of products, in whatever order it is taken, with zero points folded into the bias or not. */

const INT32_MOST = 2 ** 31 - 1;

/**
 * Greatest magnitude of a sum of `weights` times codes less their zero point, on top of `bias`: codes less a zero point are 255
 * at most; zero points folded into the bias (128 each) and codes (128 each) together make 256. For K weights of 127 that is
 * K · 127 · 256, so that K may be up to 66,052.
 */
export function weightedSumFits(weights: Int8Array, bias: number): boolean {
  let total = Math.abs(bias);
  for (const weight of weights) total += 256 * Math.abs(weight);
  return total <= INT32_MOST;
}

/** Sums of `depth` products of two activations: up to 32,767 of them. */
export function productSumFits(depth: number): boolean {
  return depth * 256 * 256 <= INT32_MOST;
}
