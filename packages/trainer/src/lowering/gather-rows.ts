/** Rows of signals with their channels last, in any order, as often as wanted. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';

/**
 * Rows of each example, [N, L, C] to [N, rows, C].
 *
 * @param rows indices; those below 0 and from L on stand for rows of zeros.
 */
export function gatherRows(g: GraphBuilder, x: Value, rows: readonly number[]): Value {
  const length = sizesOf(x)[1]!;
  if (rows.length === length && rows.every((row, index) => row === index)) return x;
  const before = Math.max(0, -Math.min(...rows));
  const after = Math.max(0, Math.max(...rows) + 1 - length);
  const padded = before + after === 0 ? x : g.pad(x, g.int64([before, after]), undefined, g.int64([1]));
  return g.gather(padded, g.int64(rows.map((row) => row + before)), { axis: 1 });
}
