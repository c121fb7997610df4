/** Two inputs that spread over an output, as `eb_spread`. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { OperationName } from '../../../integer/operations.js';
import type { LoweringContext } from '../lowering-context.js';
import { type Argument, type CValue, parameters, read, write } from '../program/step.js';
import type { KernelName } from '../source/kernels.js';
import { denseOrder, isWhole, natural, type Order, spread, type View } from '../views/view.js';

export interface SpreadOperands {
  readonly spread: CValue;
  /** Both inputs and the output. */
  readonly args: readonly Argument[];
  /** Inputs that lie as the output does. */
  readonly replaceable: readonly View[];
}

/** Defines the output in the order that its readers want, otherwise that of an input. */
export function spreadOperands<K extends OperationName>(
  context: LoweringContext,
  operation: Operation<K>,
): SpreadOperands {
  const [aName, bName] = operation.inputs as [string, string];
  const [yName] = operation.outputs as [string];
  const { shape } = context.tensorOf(yName);
  const order = outputOrder(context, [aName, bName], yName, shape);
  const output = context.define(yName, order);
  const [a, b] = [aName, bName].map((name) => spread(inOrder(context, name, order, shape), shape)) as [View, View];
  const { sizes, strides } = context.loops(output, [a, b]);
  return {
    spread: { sizes, a_strides: strides[0]!, b_strides: strides[1]! },
    args: [read(a), read(b), write(output)],
    replaceable: [a, b].filter((view) => isWhole(view) && isLike(view, output)),
  };
}

/** An operation on real numbers, which needs no more than the loops. */
export function lowerRealPairs<K extends OperationName>(
  context: LoweringContext,
  operation: Operation<K>,
  kernel: KernelName,
): void {
  const { spread: loops, args, replaceable } = spreadOperands(context, operation);
  context.add(kernel, [parameters('eb_spread', loops), ...args], replaceable);
}

function outputOrder(
  context: LoweringContext,
  inputs: readonly string[],
  output: string,
  shape: readonly number[],
): Order {
  const preferred = context.preferredOrder(output);
  if (preferred) return preferred;
  const whole = inputs.map((name) => context.view(name)).find((view) => view.shape.join() === shape.join());
  return (whole && denseOrder(whole)) ?? natural(shape.length);
}

/** A constant of the output's shape is laid out as the output; everything else is read where it lies. */
function inOrder(context: LoweringContext, name: string, order: Order, shape: readonly number[]): View {
  const view = context.view(name);
  const isConstant = view.buffer.place === 'constant' && view.shape.length === shape.length;
  return isConstant ? context.dense(name, order) : view;
}

/** Whether elements of both lie at the same places. */
function isLike(view: View, output: View): boolean {
  return output.shape.every((size, d) => size === 1 || view.strides[d] === output.strides[d]);
}
