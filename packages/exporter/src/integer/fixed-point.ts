/**
 * Fixed-point rescaling of int32 accumulators as TFLite's int8 scheme has it (its default build, with gemmlowp's two roundings).
 * All back ends multiply by real numbers in this way, so that they give the same codes.
 */

/** The real number `multiplier · 2^(shift − 31)`. */
export interface QuantizedMultiplier {
  /** 0, or from 2^30 to 2^31 − 1. */
  readonly multiplier: number;
  /** −31 to 30. */
  readonly shift: number;
}

// Taken out once: where tests run, each look at a global is slow.
const { floor } = Math;

const INT32_LEAST = -(2 ** 31);
const INT32_MOST = 2 ** 31 - 1;
/** Times an int32 these stay below 2^53. */
const SMALL = 2 ** 21;

/**
 * TFLite's QuantizeMultiplier: the mantissa in 31 bits, rounded to nearest, halves away from zero. Less than 2^−32 becomes 0;
 * 2^30 and more becomes the largest there is.
 *
 * @param real 0 or more, finite.
 * @throws RangeError for another number.
 */
export function quantizeMultiplier(real: number): QuantizedMultiplier {
  if (!(real >= 0) || real === Number.POSITIVE_INFINITY) {
    throw new RangeError(`A multiplier is a finite number of at least 0, not ${real}.`);
  }
  if (real === 0) return { multiplier: 0, shift: 0 };
  let shift = exponentOf(real);
  // Scaling by a power of two is exact, but 2^−shift alone is infinite for the smallest doubles.
  let multiplier = shift < -1000 ? 0 : Math.round(real * 2 ** -shift * 2 ** 31);
  if (multiplier === 2 ** 31) {
    multiplier /= 2;
    shift++;
  }
  if (shift < -31) return { multiplier: 0, shift: 0 };
  if (shift > 30) return { multiplier: INT32_MOST, shift: 30 };
  return { multiplier, shift };
}

/** The e with real = m · 2^e, m from 0.5 to below 1, as frexp gives it. */
function exponentOf(real: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, real);
  return ((view.getUint16(0) >> 4) & 0x7ff) - 1022;
}

/**
 * gemmlowp's SaturatingRoundingDoublingHighMul: a · b / 2^31, rounded to nearest, halves up; 2^31 − 1 for (−2^31)².
 *
 * @param a int32
 * @param b int32
 */
export function saturatingRoundingDoublingHighMul(a: number, b: number): number {
  // gemmlowp adds ±2^30 and cuts towards zero, which is the floor of (a · b + 2^30) / 2^31 for either sign. The product has up to
  // 63 bits, a double 53: most accumulators are small enough; for others it is taken in two halves of b, each below 2^48.
  if (a > -SMALL && a < SMALL) return floor((a * b + 1073741824) / 2147483648) | 0;
  if (a === INT32_LEAST && b === INT32_LEAST) return INT32_MOST;
  const high = a * (b >> 16);
  const low = a * (b & 0xffff);
  return floor((high + floor((low + 1073741824) / 65536)) / 32768) | 0;
}

/**
 * gemmlowp's RoundingDivideByPOT: x / 2^exponent, rounded to nearest, halves away from zero.
 *
 * @param x int32
 * @param exponent 0 to 31
 */
export function roundingDivideByPOT(x: number, exponent: number): number {
  // Without branches, which chance would decide: the sign bit of x, and that of threshold − remainder, are what is added.
  const mask = ((1 << exponent) - 1) | 0;
  const threshold = (mask >> 1) + (x >>> 31);
  return (x >> exponent) + ((threshold - (x & mask)) >>> 31);
}

/**
 * TFLite's MultiplyByQuantizedMultiplier. Where a positive shift makes x leave int32, TFLite's result is undefined; here x
 * saturates, so that the code that comes of it is the least or the greatest.
 *
 * @param x int32
 */
export function multiplyByQuantizedMultiplier(x: number, multiplier: number, shift: number): number {
  if (shift <= 0) return roundingDivideByPOT(saturatingRoundingDoublingHighMul(x, multiplier), -shift);
  const shifted = Math.min(Math.max(x * (1 << shift), INT32_LEAST), INT32_MOST);
  return saturatingRoundingDoublingHighMul(shifted, multiplier);
}
