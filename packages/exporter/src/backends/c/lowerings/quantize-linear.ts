/** Real numbers to codes. */
import type { Lowering } from './lowering.js';
import { quantization } from './quantization.js';
import { lowerUnary } from './unary.js';

export const lowerQuantizeLinear: Lowering<'QuantizeLinear'> = (context, operation) => {
  const y = context.operands(operation).outputCodes();
  lowerUnary(context, operation, 'eb_quantize_s8', (count) => [quantization(y, count)]);
};
