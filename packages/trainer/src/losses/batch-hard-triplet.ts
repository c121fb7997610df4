/** Batch-hard triplet loss (Hermans, Beyer and Leibe 2017). */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sameClass } from './class-targets.js';
import { pairwiseDistances } from './distances.js';

/** Larger than any distance between embeddings that can be trained. */
const FAR = 1e6;

/**
 * Mean over the batch of max(0, margin + distance to the farthest of the same class − distance to the nearest of another).
 *
 * @param embeddings [B, D], normalised by the caller where the cosine is what counts later.
 * @param labels [B] int64. Batches of P classes × K examples make every row an anchor with positives; a class that stands
 * alone has none, and its positive distance is 0.
 * @param margin in units of the embedding.
 * @returns a scalar.
 */
export function batchHardTriplet(g: GraphBuilder, embeddings: Value, labels: Value, margin: number): Value {
  const distances = pairwiseDistances(g, embeddings);
  const isSame = sameClass(g, labels);
  const others = g.int64([1]);
  const positive = g.reduceMax(g.where(isSame, distances, g.float32(0)), others, { keepdims: false });
  const negative = g.reduceMin(g.where(isSame, g.float32(FAR), distances), others, { keepdims: false });
  const hinge = g.relu(g.add(g.sub(positive, negative), g.float32(margin)));
  return g.reduceMean(hinge, g.int64([0]), { keepdims: false });
}
