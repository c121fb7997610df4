/**
 * TFLite's fixed-point arithmetic once more, straight from its definition in unbounded integers: what the tests hold the
 * interpreter to.
 */

const INT32_LEAST = -(2n ** 31n);
const INT32_MOST = 2n ** 31n - 1n;

function saturate(x: bigint): bigint {
  return x < INT32_LEAST ? INT32_LEAST : x > INT32_MOST ? INT32_MOST : x;
}

/** Nearest integer to numerator / denominator, halves away from zero. */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}

/** gemmlowp: a nudge of 2^30 with the sign of the product, then a division that cuts towards zero. */
export function highMulOracle(a: bigint, b: bigint): bigint {
  if (a === INT32_LEAST && b === INT32_LEAST) return INT32_MOST;
  const product = a * b;
  const nudge = product >= 0n ? 2n ** 30n : 1n - 2n ** 30n;
  return (product + nudge) / 2n ** 31n;
}

/** The double as numerator · 2^exponent. */
function exactly(real: number): { numerator: bigint; exponent: number } {
  const bits = new BigUint64Array(Float64Array.of(real).buffer)[0]!;
  const fraction = bits & (2n ** 52n - 1n);
  const biased = Number((bits >> 52n) & 0x7ffn);
  return biased === 0
    ? { numerator: fraction, exponent: -1074 }
    : { numerator: fraction + 2n ** 52n, exponent: biased - 1075 };
}

export function quantizeMultiplierOracle(real: number): { multiplier: bigint; shift: number } {
  const { numerator, exponent } = exactly(real);
  if (numerator === 0n) return { multiplier: 0n, shift: 0 };
  const bits = numerator.toString(2).length;
  let shift = bits + exponent;
  // numerator / 2^bits is at least a half and less than 1.
  let multiplier = divideRounded(numerator * 2n ** 31n, 2n ** BigInt(bits));
  if (multiplier === 2n ** 31n) {
    multiplier = 2n ** 30n;
    shift++;
  }
  if (shift < -31) return { multiplier: 0n, shift: 0 };
  return shift > 30 ? { multiplier: INT32_MOST, shift: 30 } : { multiplier, shift };
}

export function multiplyOracle(x: bigint, multiplier: bigint, shift: number): bigint {
  const shifted = saturate(shift > 0 ? x * 2n ** BigInt(shift) : x);
  const high = highMulOracle(shifted, multiplier);
  return shift < 0 ? divideRounded(high, 2n ** BigInt(-shift)) : high;
}

/** x times a real number, as TFLite rescales. */
export function rescaleOracle(x: bigint | number, real: number): bigint {
  const { multiplier, shift } = quantizeMultiplierOracle(real);
  return multiplyOracle(BigInt(x), multiplier, shift);
}

/** An accumulator as a code. */
export function codeOracle(x: bigint | number, real: number, zeroPoint: number, least = -128, most = 127): number {
  const code = Number(rescaleOracle(x, real)) + zeroPoint;
  return Math.min(Math.max(code, least), most);
}

/** The position of every element of a shape, in row-major order. */
export function positions(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (done, size) => done.flatMap((position) => Array.from({ length: size }, (_, at) => [...position, at])),
    [[]],
  );
}

/** The element at a position. */
export function at<T>(data: ArrayLike<T>, shape: readonly number[], position: readonly number[]): T {
  return data[position.reduce((index, along, d) => index * shape[d]! + along, 0)]!;
}

/** The position in a tensor of `shape` that spreads to `position`, by numpy's rules. */
export function spreadFrom(shape: readonly number[], position: readonly number[]): number[] {
  const own = position.slice(position.length - shape.length);
  return own.map((along, d) => (shape[d] === 1 ? 0 : along));
}
