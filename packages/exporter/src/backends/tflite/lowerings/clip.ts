/** A Relu or Clip that stands alone: RELU, which rescales, too; otherwise QUANTIZE, then MAXIMUM and MINIMUM. */
import { defineBounded } from './clamp.js';
import type { Lowering } from './lowering.js';
import { lowerUnary, unaryInput } from './unary.js';

export const lowerClip: Lowering<'Clip'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { clamp } = operation.attributes;
  if (clamp.least === context.quantizationOf(y).zeroPoint && clamp.most === 127) {
    lowerUnary(context, operation, 'RELU');
    return;
  }
  const { input, layout } = unaryInput(context, operation);
  if (context.isOneQuantization(x, y)) {
    defineBounded(context, y, layout, input, clamp);
    return;
  }
  const rescaled = context.temporary(y, layout);
  context.builder.operator('QUANTIZE', [input], rescaled);
  defineBounded(context, y, layout, rescaled, clamp);
};
