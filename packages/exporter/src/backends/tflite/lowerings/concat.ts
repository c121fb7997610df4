/** Concat as CONCATENATION, which wants all its inputs in the output's scale. */
import { positionOf } from '../layout/layout.js';
import { commonLayout } from './elementwise.js';
import type { Lowering } from './lowering.js';

export const lowerConcat: Lowering<'Concat'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  const layout = commonLayout(context, operation.inputs, y);
  const to = context.tensorOf(y);
  const inputs = operation.inputs.map((x) => {
    const input = context.view(x, layout);
    if (to.dtype === 'float32' || context.isOneQuantization(x, y)) return input;
    const rescaled = context.temporary(x, layout, { quantization: { ...to.quantization, axis: 0 } });
    context.builder.operator('QUANTIZE', [input], rescaled);
    return rescaled;
  });
  const axis = positionOf(layout, operation.attributes.axis);
  context.builder.operator('CONCATENATION', inputs, context.define(y, layout), { table: 'Concatenation', axis });
};
