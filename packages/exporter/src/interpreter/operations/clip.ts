/** Relu or Clip of codes that stands alone. */
import { prepareTable } from '../element-wise.js';
import type { Prepare } from '../operands.js';
import { requantizationTable } from '../requantize.js';

export const prepareClip: Prepare<'Clip'> = (operands) => {
  const x = operands.codes(0);
  const y = operands.outputCodes();
  return prepareTable(operands, x, y, requantizationTable(x, y, operands.attributes.clamp));
};
