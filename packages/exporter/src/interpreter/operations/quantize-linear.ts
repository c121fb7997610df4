/** Real numbers to codes: the end of a float island. */
import { codeOf } from '../../integer/quantize.js';
import { sameCount } from '../element-wise.js';
import type { Prepare } from '../operands.js';

/** The quotient by the scale is rounded to float32, then to nearest, halves away from zero. */
export const prepareQuantizeLinear: Prepare<'QuantizeLinear'> = (operands) => {
  const x = operands.reals(0);
  const y = operands.outputCodes();
  sameCount(operands, x, y);
  return () => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = codeOf(Math.fround(x.data[i]! / y.scale), y.zeroPoint);
  };
};
