/** Euclidean distances between the rows of a batch. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';

/**
 * Distances [B, B] between all rows of [B, D]; 0 (with gradient 0) between equal ones.
 *
 * The differences themselves are squared and summed: ‖a‖² + ‖b‖² − 2 a · b would need less memory, but what float32 loses there
 * is a distance of a thousandth of the norm, also of a row from itself.
 */
export function pairwiseDistances(g: GraphBuilder, rows: Value): Value {
  const [batch, width] = sizesOf(rows) as [number, number];
  const differences = g.sub(g.reshape(rows, g.int64([batch, 1, width])), g.reshape(rows, g.int64([1, batch, width])));
  const squares = g.reduceSum(g.mul(differences, differences), g.int64([2]), { keepdims: false });
  const isApart = g.greater(squares, g.float32(0));
  // The root has no finite slope at 0.
  const root = g.sqrt(g.where(isApart, squares, g.float32(1)));
  return g.where(isApart, root, g.float32(0));
}
