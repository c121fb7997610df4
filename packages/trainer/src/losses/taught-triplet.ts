/** Distillation by relations: the triplets that a teacher finds hardest, in the student's embedding. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';
import { oneHot, sameClass } from './class-targets.js';
import { pairwiseDistances } from './distances.js';

/** Further than any two embeddings of norm 1 are apart. */
const FAR = 1e3;

/**
 * Mean over the batch of max(0, margin + d(anchor, p) − d(anchor, n)), d the student's distance; p is the example of the same
 * class that is farthest for the teacher, n the one of another class that is nearest for it.
 *
 * @param student [B, D], normalised by the caller. @param teacher [B, E], likewise; receives no gradient when it is a graph
 * input. @param labels [B] int64, batches of P classes × K examples.
 * @returns a scalar, at least 0.
 */
export function taughtTriplet(g: GraphBuilder, student: Value, teacher: Value, labels: Value, margin: number): Value {
  const [batch] = sizesOf(student) as [number];
  const known = pairwiseDistances(g, teacher);
  const isSame = sameClass(g, labels);
  const farthest = g.argMax(g.where(isSame, known, g.float32(-FAR)), { axis: 1, keepdims: false });
  const nearest = g.argMax(g.where(isSame, g.float32(-FAR), g.neg(known)), { axis: 1, keepdims: false });
  const distances = pairwiseDistances(g, student);
  const to = (chosen: Value) =>
    g.reduceSum(g.mul(oneHot(g, chosen, batch), distances), g.int64([1]), { keepdims: false });
  const hinge = g.relu(g.add(g.sub(to(farthest), to(nearest)), g.float32(margin)));
  return g.reduceMean(hinge, g.int64([0]), { keepdims: false });
}
