/** Slice as STRIDED_SLICE, or as nothing where it keeps everything. */
import { inFileOrder } from '../layout/layout.js';
import type { Lowering } from './lowering.js';
import { unaryInput } from './unary.js';

export const lowerSlice: Lowering<'Slice'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { starts, steps } = operation.attributes;
  const sizes = context.shapeOf(y);
  const { input, layout } = unaryInput(context, operation);
  if (sizes.join() === context.shapeOf(x).join() && steps.every((step) => step > 0)) {
    context.alias(y, layout, input);
    return;
  }
  const ends = sizes.map((size, d) => starts[d]! + (size - 1) * steps[d]! + Math.sign(steps[d]!));
  const bounds = [inFileOrder(layout, starts, 0), inFileOrder(layout, ends, 1), inFileOrder(layout, steps, 1)];
  // Backwards to the first element and with it: an end of −1 would mean the last one.
  const endMask = bounds[1]!.reduce((mask, end, position) => (end < 0 ? mask | (1 << position) : mask), 0);
  const inputs = [input, ...bounds.map((values) => context.builder.int32s(values))];
  context.builder.operator('STRIDED_SLICE', inputs, context.define(y, layout), { table: 'StridedSlice', endMask });
};
