/** Mean over axes, of codes or real numbers. */
import type { Prepare } from '../operands.js';
import { prepareReducedCodes } from '../reduced-codes.js';
import { prepareRealSums } from '../reduction.js';

export const prepareReduceMean: Prepare<'ReduceMean'> = (operands) =>
  operands.output().dtype === 'int8' ? prepareReducedCodes(operands) : prepareRealSums(operands, (size) => size);
