/** MatMul of two activations as BATCH_MATMUL. */
import { isSameBytes, natural } from '../layout/layout.js';
import { lastTwoSwapped } from '../layout/preferred-layouts.js';
import { defineBounded, leavesAll } from './clamp.js';
import type { Lowering } from './lowering.js';
import { unsupported } from './unsupported.js';

const MOST_DIMENSIONS = 5;

export const lowerMatMul: Lowering<'MatMul'> = (context, operation) => {
  const [a, b] = operation.inputs as [string, string];
  const [y] = operation.outputs as [string];
  const { clamp } = operation.attributes;
  const rank = context.shapeOf(y).length;
  if (rank < 2 || rank > MOST_DIMENSIONS) {
    throw unsupported(operation, `has no product over ${rank} dimensions`, `2 to ${MOST_DIMENSIONS} are supported`);
  }
  const layout = natural(rank);
  const home = context.layoutOf(b);
  const isPlain = home !== undefined && isSameBytes(home, layout, context.shapeOf(b));
  const inputs = [context.view(a, layout), context.view(b, isPlain ? layout : lastTwoSwapped(rank))];
  const product = leavesAll(clamp) ? context.define(y, layout) : context.temporary(y, layout);
  context.builder.operator('BATCH_MATMUL', inputs, product, { table: 'BatchMatMul', adjointY: isPlain ? 0 : 1 });
  // BATCH_MATMUL has no fused activation.
  if (!leavesAll(clamp)) defineBounded(context, y, layout, product, clamp);
};
