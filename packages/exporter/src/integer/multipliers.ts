/**
 * By what each operation multiplies its accumulators: the real multipliers as TFLite computes them from float32 scales, some in
 * doubles and some with products and quotients rounded to float32, because the last bit of a mantissa can decide a tie.
 */
import { type QuantizedMultiplier, quantizeMultiplier } from './fixed-point.js';

/** Conv and Gemm, for each output channel: in doubles. */
export function weightedSumMultiplier(input: number, weight: number, output: number): QuantizedMultiplier {
  return quantizeMultiplier((input * weight) / output);
}

/** MatMul of two activations: the product is a float32, the quotient a double. */
export function matMulMultiplier(a: number, b: number, output: number): QuantizedMultiplier {
  return quantizeMultiplier(Math.fround(a * b) / output);
}

/** Mul: in float32. */
export function mulMultiplier(a: number, b: number, output: number): QuantizedMultiplier {
  return quantizeMultiplier(Math.fround(Math.fround(a * b) / output));
}

/** Requantize, Clip, Concat and ReduceSum: from one scale to another, in doubles. */
export function rescalingMultiplier(from: number, to: number): QuantizedMultiplier {
  return quantizeMultiplier(from / to);
}

/** Bits that Add and Sub put behind the point of their inputs. */
export const SUM_LEFT_SHIFT = 20;

/** Add and Sub: inputs go to twice the larger of their scales, the sum from there to the output's; in doubles. */
export function sumMultipliers(
  a: number,
  b: number,
  output: number,
): { readonly a: QuantizedMultiplier; readonly b: QuantizedMultiplier; readonly output: QuantizedMultiplier } {
  const common = 2 * Math.max(a, b);
  return {
    a: quantizeMultiplier(a / common),
    b: quantizeMultiplier(b / common),
    output: quantizeMultiplier(common / (2 ** SUM_LEFT_SHIFT * output)),
  };
}

/**
 * ReduceMean: that of the scales, divided by the count as TFLite's reference divides it. The mantissa, shifted left by the bits of
 * the count (as far as the shift stays at −31 or above), is divided and cut off.
 *
 * @param count elements of which the mean is taken, 1 or more
 */
export function meanMultiplier(input: number, output: number, count: number): QuantizedMultiplier {
  const { multiplier, shift } = rescalingMultiplier(input, output);
  const bits = Math.min(31 - Math.clz32(count), 31 + shift);
  return { multiplier: Number((BigInt(multiplier) << BigInt(bits)) / BigInt(count)), shift: shift - bits };
}
