/** IEEE 754 binary16. */

const bits = new DataView(new ArrayBuffer(4));

/**
 * The bit pattern of the float16 nearest to a float32, ties to even.
 *
 * @param value finite, at most 65,504 in magnitude; smaller ones than 2⁻²⁵ become 0 with their sign.
 */
export function halfOf(value: number): number {
  bits.setFloat32(0, value);
  const pattern = bits.getUint32(0);
  const sign = (pattern >>> 16) & 0x8000;
  const exponent = ((pattern >>> 23) & 0xff) - 127;
  if (exponent < -25) return sign;
  const mantissa = (pattern & 0x7fffff) | 0x800000;
  // Below 2⁻¹⁴ float16 has no implied bit, and one fewer for every power of two.
  const drop = exponent < -14 ? -1 - exponent : 13;
  const kept = mantissa >>> drop;
  const rest = mantissa & ((1 << drop) - 1);
  const tie = 1 << (drop - 1);
  const rounded = kept + (rest > tie || (rest === tie && (kept & 1) === 1) ? 1 : 0);
  // A carry out of the mantissa runs into the exponent, as it should.
  return sign | (exponent < -14 ? rounded : rounded + ((exponent + 14) << 10));
}

/** The value of a bit pattern. */
export function valueOfHalf(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >>> 10) & 0x1f;
  const mantissa = pattern & 0x3ff;
  if (exponent === 0x1f) return mantissa === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25));
}
