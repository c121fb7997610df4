/** Euclidean distances between the rows of a batch. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';

/** Below this squared distance rows count as equal: the root has no finite slope at 0. */
const LEAST_SQUARE = 1e-8;

/** Distances [B, B] between all rows of [B, D]; 0 (with gradient 0) between equal ones. */
export function pairwiseDistances(g: GraphBuilder, rows: Value): Value {
  const [batch] = sizesOf(rows) as [number];
  const energy = g.reduceSum(g.mul(rows, rows), g.int64([1]));
  const products = g.gemm(rows, rows, { transB: true });
  const sums = g.add(energy, g.reshape(energy, g.int64([1, batch])));
  const squares = g.sub(sums, g.mul(products, g.float32(2)));
  const isApart = g.greater(squares, g.float32(LEAST_SQUARE));
  const root = g.sqrt(g.where(isApart, squares, g.float32(1)));
  return g.where(isApart, root, g.float32(0));
}
