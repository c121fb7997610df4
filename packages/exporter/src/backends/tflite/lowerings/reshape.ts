/** Reshape as RESHAPE, or as nothing where only dimensions of size 1 come and go. */
import { isSameBytes, type Layout, natural, UNIT } from '../layout/layout.js';
import type { Lowering } from './lowering.js';

export const lowerReshape: Lowering<'Reshape'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const from = context.shapeOf(x);
  const to = context.shapeOf(y);
  const home = context.layoutOf(x);
  const renamed = home && withOtherUnits(home, from, to);
  if (renamed) {
    context.alias(y, renamed, context.view(x, home));
    return;
  }
  const order = natural(to.length);
  const preferred = context.preferredLayoutOf(y) ?? order;
  const input = context.inOrder(x);
  if (isSameBytes(preferred, order, to)) context.reshape(input, context.define(y, preferred));
  else {
    context.reshape(input, context.define(y, order));
    // Brought at once into the order that its readers want, so that they share the TRANSPOSE.
    context.alias(y, preferred, context.view(y, preferred));
  }
};

/**
 * The same tensor of the file with the dimensions of another shape, if both shapes have the same dimensions of more than one
 * element and the file has room for the others.
 */
function withOtherUnits(layout: Layout, from: readonly number[], to: readonly number[]): Layout | undefined {
  const long = (shape: readonly number[]) => shape.flatMap((size, axis) => (size > 1 ? [axis] : []));
  const before = long(from);
  const after = long(to);
  if (before.map((axis) => from[axis]).join() !== after.map((axis) => to[axis]).join()) return undefined;
  const units = to.flatMap((size, axis) => (size > 1 ? [] : [axis]));
  const renamed = layout.map((axis) =>
    before.includes(axis) ? after[before.indexOf(axis)]! : (units.shift() ?? UNIT),
  );
  return units.length === 0 ? renamed : undefined;
}
