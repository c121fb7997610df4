/** Expand as BROADCAST_TO, or as nothing where there is nothing to repeat. */
import { shapeInFile, spreading } from '../layout/layout.js';
import type { Lowering } from './lowering.js';

export const lowerExpand: Lowering<'Expand'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const shape = context.shapeOf(y);
  const rank = context.shapeOf(x).length;
  const layout = rank === shape.length ? context.anyLayoutOf(x) : context.anyLayoutOf(y);
  const input = context.view(x, spreading(layout, shape.length, rank));
  if (context.builder.shapeOf(input).join() === shapeInFile(layout, shape).join()) {
    context.alias(y, layout, input);
    return;
  }
  const sizes = context.builder.int32s(shapeInFile(layout, shape));
  context.builder.operator('BROADCAST_TO', [input, sizes], context.define(y, layout));
};
