/** From one scale and zero point to another. */
import { prepareTable } from '../element-wise.js';
import type { Prepare } from '../operands.js';
import { requantizationTable } from '../requantize.js';

export const prepareRequantize: Prepare<'Requantize'> = (operands) => {
  const x = operands.codes(0);
  const y = operands.outputCodes();
  return prepareTable(operands, x, y, requantizationTable(x, y));
};
