/** Add as ADD, int8 and float32 alike. */
import { lowerElementwise } from './elementwise.js';
import type { Lowering } from './lowering.js';

export const lowerAdd: Lowering<'Add'> = (context, operation) =>
  lowerElementwise(context, operation, 'ADD', 'Add', operation.attributes.clamp);
