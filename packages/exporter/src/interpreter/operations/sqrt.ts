/** Square root of real numbers; that of codes is a table. */
import { prepareReals } from '../element-wise.js';
import type { Prepare } from '../operands.js';

export const prepareSqrt: Prepare<'Sqrt'> = (operands) => prepareReals(operands, Math.sqrt);
