/** Reductions over any dimensions, in the layout in which the input lies. Reduced dimensions stay in the file with size 1. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import { positionOf, withoutAxes } from '../layout/layout.js';
import { unaryInput } from './unary.js';

export function lowerReduction(
  context: LoweringContext,
  operation: Operation<'ReduceMean' | 'ReduceSum' | 'ReduceMax'>,
  code: 'MEAN' | 'SUM' | 'REDUCE_MAX',
): void {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { axes } = operation.attributes;
  const { input, layout } = unaryInput(context, operation);
  const positions = context.builder.int32s(axes.map((axis) => positionOf(layout, axis)).sort((a, b) => a - b));
  const keepsRank = context.shapeOf(y).length === context.shapeOf(x).length;
  const output = context.define(y, keepsRank ? layout : withoutAxes(layout, axes));
  context.builder.operator(code, [input, positions], output, { table: 'Reducer', keepDims: 1 });
}
