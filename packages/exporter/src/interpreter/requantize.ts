/** From int32 accumulators, and from codes of another scale, to codes. */
import { multiplyByQuantizedMultiplier } from '../integer/fixed-point.js';
import { rescalingMultiplier } from '../integer/multipliers.js';
import { ALL_CODES, type Clamp } from '../integer/operations.js';

// Taken out once: where tests run, each look at a global is slow.
const { max, min } = Math;

/** An int32 accumulator as a code. */
export function requantize(sum: number, multiplier: number, shift: number, zeroPoint: number, clamp: Clamp): number {
  const code = multiplyByQuantizedMultiplier(sum, multiplier, shift) + zeroPoint;
  return min(max(code, clamp.least), clamp.most);
}

interface Affine {
  readonly scale: number;
  readonly zeroPoint: number;
}

/** TFLite's QUANTIZE from int8 to int8, tabulated: `table[code + 128]`. */
export function requantizationTable(from: Affine, to: Affine, clamp: Clamp = ALL_CODES): Int8Array {
  const { multiplier, shift } = rescalingMultiplier(from.scale, to.scale);
  return Int8Array.from({ length: 256 }, (_, i) =>
    requantize(i - 128 - from.zeroPoint, multiplier, shift, to.zeroPoint, clamp),
  );
}

/** Whether codes mean the same in both. */
export function sameQuantization(a: Affine, b: Affine): boolean {
  return a.scale === b.scale && a.zeroPoint === b.zeroPoint;
}
