/** TFLite's addition and subtraction of codes with different scales. */
import { multiplyByQuantizedMultiplier, type QuantizedMultiplier } from '../integer/fixed-point.js';
import { SUM_LEFT_SHIFT, sumMultipliers } from '../integer/multipliers.js';
import { pair } from './element-wise.js';
import type { Codes, Kernel, Operands } from './operands.js';
import { requantize } from './requantize.js';

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
  const multipliers = sumMultipliers(a.scale, b.scale, y.scale);
  const ofA = scaledCodes(a, multipliers.a);
  const ofB = scaledCodes(b, multipliers.b);
  const { multiplier, shift } = multipliers.output;
  return () => {
    for (let i = 0; i < y.data.length; i++) {
      const sum = ofA[a.data[pairs.a[i]!]! + 128]! + sign * ofB[b.data[pairs.b[i]!]! + 128]!;
      y.data[i] = requantize(sum, multiplier, shift, y.zeroPoint, clamp);
    }
  };
}

/** The 256 codes less their zero point, in units of the common scale · 2^−20. */
function scaledCodes({ zeroPoint }: Codes, { multiplier, shift }: QuantizedMultiplier): Int32Array {
  return Int32Array.from({ length: 256 }, (_, i) =>
    multiplyByQuantizedMultiplier((i - 128 - zeroPoint) * 2 ** SUM_LEFT_SHIFT, multiplier, shift),
  );
}
