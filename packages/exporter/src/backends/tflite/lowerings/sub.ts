/** Sub as SUB, int8 and float32 alike. */
import { lowerElementwise } from './elementwise.js';
import type { Lowering } from './lowering.js';

export const lowerSub: Lowering<'Sub'> = (context, operation) =>
  lowerElementwise(context, operation, 'SUB', 'Sub', operation.attributes.clamp);
