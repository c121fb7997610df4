/** Class labels as target probabilities. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';

/** The label of an example that has none for this loss: it weighs nothing. */
export const NO_LABEL = -1;

/**
 * One-hot rows [B, classes] (float32) of labels [B] (int64, 0 … classes − 1); a row of zeros for `NO_LABEL`.
 */
export function oneHot(g: GraphBuilder, labels: Value, classes: number): Value {
  const [batch] = sizesOf(labels);
  const column = g.reshape(labels, g.int64([batch!, 1]));
  const indices = g.int64(Array.from({ length: classes }, (_, index) => index));
  return g.cast(g.equal(column, indices), { to: 'float32' });
}

/** Which examples are of the same class: [B, B] (bool) of labels [B] (int64). An example is of its own. */
export function sameClass(g: GraphBuilder, labels: Value): Value {
  const [batch] = sizesOf(labels) as [number];
  return g.equal(g.reshape(labels, g.int64([batch, 1])), g.reshape(labels, g.int64([1, batch])));
}

/** The mean of [B] over the examples that count: weights [B] of 0 and 1. 0 where none does. */
export function meanOver(g: GraphBuilder, values: Value, weights: Value): Value {
  const none = g.int64([0]);
  const sum = g.reduceSum(g.mul(values, weights), none, { keepdims: false });
  const count = g.reduceSum(weights, none, { keepdims: false });
  return g.div(sum, g.max(count, g.float32(1)));
}
