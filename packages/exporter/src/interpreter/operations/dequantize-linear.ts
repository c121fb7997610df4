/** Codes to real numbers: the begin of a float island. */
import { sameCount } from '../element-wise.js';
import type { Prepare } from '../operands.js';

/** scale · (code − zero point), rounded to float32 once. */
export const prepareDequantizeLinear: Prepare<'DequantizeLinear'> = (operands) => {
  const x = operands.codes(0);
  const y = operands.outputReals();
  sameCount(operands, x, y);
  return () => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = x.scale * (x.data[i]! - x.zeroPoint);
  };
};
