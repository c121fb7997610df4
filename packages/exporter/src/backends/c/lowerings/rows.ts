/** Operations on the last dimension: rows have to lie side by side, in whatever order they follow each other. */
import { elementCount } from '../../../interpreter/indices.js';
import type { LoweringContext } from '../lowering-context.js';
import { denseOrder, natural, type Order, type View } from '../views/view.js';

export interface Rows {
  readonly view: View;
  readonly order: Order;
  readonly rows: number;
  readonly depth: number;
}

export function rowsOf(context: LoweringContext, name: string): Rows {
  const { shape } = context.tensorOf(name);
  const rank = shape.length;
  const own = denseOrder(context.view(name));
  const order = own?.at(-1) === rank - 1 ? own : natural(rank);
  const depth = shape.at(-1) ?? 1;
  return { view: context.dense(name, order), order, rows: elementCount(shape) / depth, depth };
}
