/** Div as DIV, of float32 tensors. */
import { ALL_CODES } from '../../../integer/operations.js';
import { lowerElementwise } from './elementwise.js';
import type { Lowering } from './lowering.js';

export const lowerDiv: Lowering<'Div'> = (context, operation) =>
  lowerElementwise(context, operation, 'DIV', 'Div', ALL_CODES);
