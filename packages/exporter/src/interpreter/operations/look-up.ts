/** Any function of one code. */
import { prepareTable } from '../element-wise.js';
import type { Prepare } from '../operands.js';

export const prepareLookUp: Prepare<'LookUp'> = (operands) =>
  prepareTable(operands, operands.codes(0), operands.outputCodes(), operands.attributes.table);
