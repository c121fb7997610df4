/** Reductions over any dimensions, in the layout in which the input lies. Reduced dimensions stay in the file with size 1. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import { positionOf, withoutAxes } from '../layout/layout.js';
import { unaryInput } from './unary.js';

type Reduction = Operation<'ReduceMean' | 'ReduceSum' | 'ReduceMax'>;

const KEEP_DIMENSIONS = { table: 'Reducer', keepDims: 1 } as const;

export function lowerReduction(
  context: LoweringContext,
  operation: Reduction,
  code: 'MEAN' | 'SUM' | 'REDUCE_MAX',
): void {
  const { builder } = context;
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { axes } = operation.attributes;
  const { input, layout } = unaryInput(context, operation);
  const positions = builder.int32s(axes.map((axis) => positionOf(layout, axis)).sort((a, b) => a - b));
  const keepsRank = context.shapeOf(y).length === context.shapeOf(x).length;
  const output = context.define(y, keepsRank ? layout : withoutAxes(layout, axes));
  if (code === 'REDUCE_MAX' || !context.isOneQuantization(x, y)) {
    builder.operator(code, [input, positions], output, KEEP_DIMENSIONS);
    return;
  }
  // TFLite takes MEAN and SUM of the bare codes where input and output have one quantization: cut off, without the zero point.
  const real = builder.tensor({ shape: builder.shapeOf(input), type: 'float32' });
  builder.operator('DEQUANTIZE', [input], real);
  const reduced = builder.tensor({ shape: builder.shapeOf(output), type: 'float32' });
  builder.operator(code, [real, positions], reduced, KEEP_DIMENSIONS);
  builder.operator('QUANTIZE', [reduced], output);
}
