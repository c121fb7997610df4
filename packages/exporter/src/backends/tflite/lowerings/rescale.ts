/**
 * Rescale as MUL by a constant: code 1 with the factor as its scale, so that the product's codes are the input's. Where only
 * Softmax reads it, it is Softmax's beta and needs no operator.
 */
import type { Lowering } from './lowering.js';
import { becomesBeta } from './softmax.js';
import { unaryInput } from './unary.js';

export const lowerRescale: Lowering<'Rescale'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  if (becomesBeta(context, y)) return;
  const { input, layout } = unaryInput(context, operation);
  const scales = Float32Array.of(operation.attributes.factor);
  const one = context.builder.constant({
    shape: [1],
    type: 'int8',
    quantization: { scales, zeroPoint: 0, axis: 0 },
    data: Int8Array.of(1),
  });
  context.builder.operator('MUL', [input, one], context.define(y, layout), { table: 'Mul' });
};
