/** LpNormalization, Euclidean and along the last dimension, as L2_NORMALIZATION. */
import { lastDimensionLast } from './last-dimension.js';
import type { Lowering } from './lowering.js';

export const lowerLpNormalization: Lowering<'LpNormalization'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const layout = lastDimensionLast(context, x);
  const input = context.view(x, layout);
  context.builder.operator('L2_NORMALIZATION', [input], context.define(y, layout), { table: 'L2Norm' });
};
