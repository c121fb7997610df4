/** TFLite's addition and subtraction of codes with different scales. */
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../integer/fixed-point.js';
import { pair } from './element-wise.js';
import type { Codes, Kernel, Operands } from './operands.js';
import { requantize } from './requantize.js';

/** Inputs get this many bits behind the point. */
const LEFT_SHIFT = 20;

/**
 * Both inputs are brought to twice the larger of their scales with 20 bits behind the point, added or subtracted, and brought to the
 * output's scale.
 */
export function prepareScaledSum(operands: Operands<'Add'> | Operands<'Sub'>, sign: 1 | -1): Kernel {
  const { clamp } = operands.attributes;
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const pairs = pair(operands as Operands, a, b, y);
  const commonScale = 2 * Math.max(a.scale, b.scale);
  const ofA = scaledCodes(a, commonScale);
  const ofB = scaledCodes(b, commonScale);
  const { multiplier, shift } = quantizeMultiplier(commonScale / (2 ** LEFT_SHIFT * y.scale));
  return () => {
    for (let i = 0; i < y.data.length; i++) {
      const sum = ofA[a.data[pairs.a[i]!]! + 128]! + sign * ofB[b.data[pairs.b[i]!]! + 128]!;
      y.data[i] = requantize(sum, multiplier, shift, y.zeroPoint, clamp);
    }
  };
}

/** The 256 codes less their zero point, in units of `commonScale` · 2^−20. */
function scaledCodes({ scale, zeroPoint }: Codes, commonScale: number): Int32Array {
  const { multiplier, shift } = quantizeMultiplier(scale / commonScale);
  return Int32Array.from({ length: 256 }, (_, i) =>
    multiplyByQuantizedMultiplier((i - 128 - zeroPoint) * 2 ** LEFT_SHIFT, multiplier, shift),
  );
}
