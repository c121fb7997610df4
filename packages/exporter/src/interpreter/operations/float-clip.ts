/** Relu or Clip of real numbers; NaN stays what it is. */
import { prepareReals } from '../element-wise.js';
import type { Prepare } from '../operands.js';

export const prepareFloatClip: Prepare<'FloatClip'> = (operands) => {
  const { least, most } = operands.attributes;
  return prepareReals(operands, (x) => {
    if (x < least) return least;
    if (x > most) return most;
    return x;
  });
};
