/** Operations on one tensor, element by element: they take any order, and the output lies as the input does. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { OperationName } from '../../../integer/operations.js';
import { elementCount } from '../../../interpreter/indices.js';
import type { LoweringContext } from '../lowering-context.js';
import { type Argument, read, write } from '../program/step.js';
import type { KernelName } from '../source/kernels.js';
import { denseOrder, isWhole, natural, type View } from '../views/view.js';

/** Calls `kernel(…first(count), x, y)`. */
export function lowerUnary<K extends OperationName>(
  context: LoweringContext,
  operation: Operation<K>,
  kernel: KernelName,
  first: (count: number) => readonly Argument[],
): void {
  const [xName] = operation.inputs as [string];
  const [yName] = operation.outputs as [string];
  const { view, output } = sameOrder(context, xName, yName);
  const isReplaceable = isWhole(view) && view.buffer.type === output.buffer.type;
  const args = [...first(elementCount(view.shape)), read(view), write(output)];
  context.add(kernel, args, isReplaceable ? [view] : []);
}

/** The input without gaps, and the output in the same order. */
function sameOrder(context: LoweringContext, x: string, y: string): { view: View; output: View } {
  const view = context.view(x);
  const order = denseOrder(view) ?? context.preferredOrder(y) ?? natural(view.shape.length);
  return { view: context.dense(x, order), output: context.define(y, order) };
}
