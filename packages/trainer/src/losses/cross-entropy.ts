/** Cross-entropy of class scores, with label smoothing (Szegedy et al. 2016). */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';
import { meanOver, oneHot } from './class-targets.js';

export interface CrossEntropyOptions {
  /** Probability that is spread evenly over all classes, 0 … 1; default 0. */
  readonly smoothing?: number;
}

/**
 * Mean over the batch of −Σ q · ln p, in nats.
 *
 * @param logits [B, classes]. @param labels [B] int64; examples labelled `NO_LABEL` do not count.
 * @returns a scalar; 0 where no example counts.
 */
export function crossEntropy(
  g: GraphBuilder,
  logits: Value,
  labels: Value,
  { smoothing = 0 }: CrossEntropyOptions = {},
): Value {
  return sharedCrossEntropy(g, logits, oneHot(g, labels, sizesOf(logits)[1]!), { smoothing });
}

/**
 * The same for examples that are of several classes.
 *
 * @param shares [B, classes] float32, of each class in an example; they sum to 1, or to 0 for an example that does not count.
 */
export function sharedCrossEntropy(
  g: GraphBuilder,
  logits: Value,
  shares: Value,
  { smoothing = 0 }: CrossEntropyOptions = {},
): Value {
  const classes = sizesOf(logits)[1]!;
  const counts = g.reduceSum(shares, g.int64([1]), { keepdims: false });
  const logProbabilities = g.logSoftmax(logits, { axis: 1 });
  const target =
    smoothing === 0 ? shares : g.add(g.mul(shares, g.float32(1 - smoothing)), g.float32(smoothing / classes));
  const perExample = g.neg(g.reduceSum(g.mul(target, logProbabilities), g.int64([1]), { keepdims: false }));
  return meanOver(g, perExample, counts);
}

/** Share of the labelled examples whose highest score is that of their label; no loss, only watched. */
export function accuracy(g: GraphBuilder, logits: Value, labels: Value): Value {
  const best = g.argMax(logits, { axis: 1, keepdims: false });
  const isHit = g.cast(g.equal(best, labels), { to: 'float32' });
  const isLabelled = g.cast(g.greaterOrEqual(labels, g.int64([0])), { to: 'float32' });
  return meanOver(g, isHit, isLabelled);
}
