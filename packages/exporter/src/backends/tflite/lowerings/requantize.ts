/** Requantize as QUANTIZE. */
import type { Lowering } from './lowering.js';
import { lowerUnary } from './unary.js';

export const lowerRequantize: Lowering<'Requantize'> = (context, operation) =>
  lowerUnary(context, operation, 'QUANTIZE');
