/** Operators of one input that look at one element at a time: any layout will do, and the output has the same. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import type { Layout } from '../layout/layout.js';
import type { BuiltinOperator } from '../schema/builtin-operators.js';
import type { BuiltinOptions } from '../schema/operator-options.js';

/** The tensor of the only input as it lies. */
export function unaryInput(context: LoweringContext, { inputs }: Operation): { input: number; layout: Layout } {
  const [x] = inputs as [string];
  const layout = context.anyLayoutOf(x);
  return { input: context.view(x, layout), layout };
}

export function lowerUnary(
  context: LoweringContext,
  operation: Operation,
  code: BuiltinOperator,
  options?: BuiltinOptions,
): void {
  const [y] = operation.outputs as [string];
  const { input, layout } = unaryInput(context, operation);
  context.builder.operator(code, [input], context.define(y, layout), options);
}
