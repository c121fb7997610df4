/** Distillation by relations: the distances between the examples of a batch (RKD-D, Park et al. 2019). */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';
import { pairwiseDistances } from './distances.js';

/**
 * Mean Huber difference (δ = 1) between the student's and the teacher's distance matrices, each divided by its mean, so that
 * neither the scale nor the width of the embeddings matters.
 *
 * @param student [B, D]. @param teacher [B, E].
 * @returns a scalar, at least 0.
 */
export function relationDistance(g: GraphBuilder, student: Value, teacher: Value): Value {
  const difference = g.sub(relativeDistances(g, student), relativeDistances(g, teacher));
  const size = g.abs(difference);
  const isSmall = g.lessOrEqual(size, g.float32(1));
  const square = g.mul(g.mul(difference, difference), g.float32(0.5));
  const huber = g.where(isSmall, square, g.sub(size, g.float32(0.5)));
  const [batch] = sizesOf(student) as [number];
  const sum = g.reduceSum(huber, g.int64([0, 1]), { keepdims: false });
  return g.mul(sum, g.float32(1 / pairs(batch)));
}

function relativeDistances(g: GraphBuilder, rows: Value): Value {
  const distances = pairwiseDistances(g, rows);
  const [batch] = sizesOf(rows) as [number];
  const mean = g.mul(g.reduceSum(distances, g.int64([0, 1])), g.float32(1 / pairs(batch)));
  return g.div(distances, g.max(mean, g.float32(1e-6)));
}

/** Ordered pairs of different rows. */
function pairs(batch: number): number {
  return batch * (batch - 1);
}
