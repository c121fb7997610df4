/** QuantizeLinear as QUANTIZE, from float32. */
import type { Lowering } from './lowering.js';
import { lowerUnary } from './unary.js';

export const lowerQuantizeLinear: Lowering<'QuantizeLinear'> = (context, operation) =>
  lowerUnary(context, operation, 'QUANTIZE');
