/** Pad as PAD, which fills int8 tensors with their zero point. */
import { inFileOrder } from '../layout/layout.js';
import type { Lowering } from './lowering.js';
import { unaryInput } from './unary.js';

export const lowerPad: Lowering<'Pad'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  const { pads } = operation.attributes;
  const rank = pads.length / 2;
  const { input, layout } = unaryInput(context, operation);
  const amounts = inFileOrder(
    layout,
    Array.from({ length: rank }, (_, d) => [pads[d]!, pads[d + rank]!]),
    [0, 0],
  );
  const constant = context.builder.constant({
    shape: [amounts.length, 2],
    type: 'int32',
    data: Int32Array.from(amounts.flat()),
  });
  context.builder.operator('PAD', [input, constant], context.define(y, layout));
};
