/** DequantizeLinear as DEQUANTIZE. */
import type { Lowering } from './lowering.js';
import { lowerUnary } from './unary.js';

export const lowerDequantizeLinear: Lowering<'DequantizeLinear'> = (context, operation) =>
  lowerUnary(context, operation, 'DEQUANTIZE');
