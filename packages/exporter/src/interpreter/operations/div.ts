/** Quotient of two tensors of real numbers. */
import { prepareRealPairs } from '../element-wise.js';
import type { Prepare } from '../operands.js';

export const prepareDiv: Prepare<'Div'> = (operands) => prepareRealPairs(operands, (a, b) => a / b);
