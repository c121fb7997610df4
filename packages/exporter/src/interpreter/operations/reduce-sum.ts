/** Sum over axes, of codes or real numbers. */
import type { Prepare } from '../operands.js';
import { prepareReducedCodes } from '../reduced-codes.js';
import { prepareRealSums } from '../reduction.js';

export const prepareReduceSum: Prepare<'ReduceSum'> = (operands) =>
  operands.output().dtype === 'int8' ? prepareReducedCodes(operands) : prepareRealSums(operands, () => 1);
