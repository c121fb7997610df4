/** Gather as GATHER. A single index may take its dimension away; in the file it stays, with size 1. */
import { positionOf, withoutAxes } from '../layout/layout.js';
import type { Lowering } from './lowering.js';
import { unaryInput } from './unary.js';

export const lowerGather: Lowering<'Gather'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { axis, indices } = operation.attributes;
  const { input, layout } = unaryInput(context, operation);
  const keepsRank = context.shapeOf(y).length === context.shapeOf(x).length;
  const output = context.define(y, keepsRank ? layout : withoutAxes(layout, [axis]));
  const inputs = [input, context.builder.int32s(indices)];
  context.builder.operator('GATHER', inputs, output, { table: 'Gather', axis: positionOf(layout, axis) });
};
