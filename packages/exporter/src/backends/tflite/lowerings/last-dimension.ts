/** Operators along the last dimension, which must be the last one in the file, too. */
import type { LoweringContext } from '../graph/lowering-context.js';
import { type Layout, rows } from '../layout/layout.js';

/** A layout of the tensor whose last dimension is the last, if possible the one in which it lies. */
export function lastDimensionLast(context: LoweringContext, name: string): Layout {
  const last = context.shapeOf(name).length - 1;
  const candidates = [context.layoutOf(name), context.preferredLayoutOf(name)];
  return candidates.find((layout) => layout?.at(-1) === last) ?? rows(last + 1);
}
