/** Codes to real numbers. */
import type { Lowering } from './lowering.js';
import { quantization } from './quantization.js';
import { lowerUnary } from './unary.js';

export const lowerDequantizeLinear: Lowering<'DequantizeLinear'> = (context, operation) => {
  const x = context.operands(operation).codes(0);
  lowerUnary(context, operation, 'eb_dequantize_s8', (count) => [quantization(x, count)]);
};
