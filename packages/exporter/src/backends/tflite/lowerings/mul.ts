/** Mul as MUL, int8 and float32 alike. */
import { lowerElementwise } from './elementwise.js';
import type { Lowering } from './lowering.js';

export const lowerMul: Lowering<'Mul'> = (context, operation) =>
  lowerElementwise(context, operation, 'MUL', 'Mul', operation.attributes.clamp);
