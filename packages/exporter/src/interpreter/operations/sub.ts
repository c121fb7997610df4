/** Difference of two tensors, codes or real numbers. */
import { prepareRealPairs } from '../element-wise.js';
import type { Prepare } from '../operands.js';
import { prepareScaledSum } from '../scaled-sum.js';

export const prepareSub: Prepare<'Sub'> = (operands) =>
  operands.output().dtype === 'int8' ? prepareScaledSum(operands, -1) : prepareRealPairs(operands, (a, b) => a - b);
