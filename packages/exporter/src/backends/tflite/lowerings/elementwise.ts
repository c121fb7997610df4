/** Operators of two inputs that spread over each other, int8 or float32. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { Clamp } from '../../../integer/operations.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import { isSameTensor, type Layout, natural, spreading } from '../layout/layout.js';
import type { BuiltinOperator } from '../schema/builtin-operators.js';
import { defineClamped } from './clamp.js';
import { unsupported } from './unsupported.js';

/** TensorFlow Lite Micro spreads over no more dimensions. */
const MOST_SPREAD = 4;

/**
 * Adds the operator; the clamp counts for int8.
 *
 * @throws ExportError where inputs spread over each other in more than four dimensions.
 */
export function lowerElementwise(
  context: LoweringContext,
  operation: Operation,
  code: BuiltinOperator & ('ADD' | 'SUB' | 'MUL' | 'DIV'),
  table: 'Add' | 'Sub' | 'Mul' | 'Div',
  clamp: Clamp,
): void {
  const { inputs, outputs } = operation;
  const [y] = outputs as [string];
  const rank = context.shapeOf(y).length;
  const layout = commonLayout(context, inputs, y);
  const operands = inputs.map((x) => context.view(x, spreading(layout, rank, context.shapeOf(x).length)));
  const isSpread = new Set(operands.map((operand) => context.builder.shapeOf(operand).join())).size > 1;
  if (isSpread && layout.length > MOST_SPREAD) {
    throw unsupported(
      operation,
      `spreads no input over ${layout.length} dimensions`,
      `up to ${MOST_SPREAD} are supported`,
    );
  }
  if (context.tensorOf(y).dtype === 'float32') {
    context.builder.operator(code, operands, context.define(y, layout), { table });
    return;
  }
  defineClamped(context, y, layout, clamp, (output, activation) =>
    context.builder.operator(code, operands, output, { table, activation }),
  );
}

/** The layout of an input that has the output's shape, if possible the one in which the output is wanted. */
export function commonLayout(context: LoweringContext, inputs: readonly string[], output: string): Layout {
  const shape = context.shapeOf(output);
  const preferred = context.preferredLayoutOf(output);
  const candidates = inputs
    .filter((input) => context.shapeOf(input).length === shape.length)
    .sort((a, b) => sizeOf(context, b) - sizeOf(context, a))
    .map((input) => context.layoutOf(input))
    .filter((layout) => layout !== undefined);
  const wanted = preferred && candidates.find((layout) => isSameTensor(layout, preferred, shape));
  return wanted ?? candidates[0] ?? preferred ?? natural(shape.length);
}

function sizeOf(context: LoweringContext, name: string): number {
  return context.shapeOf(name).reduce((size, length) => size * length, 1);
}
