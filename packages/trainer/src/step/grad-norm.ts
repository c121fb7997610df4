/**
 * GradNorm (Chen et al. 2018): weights of several losses that let them train at like rates. With Gᵢ = wᵢ · ‖∇ Lᵢ‖ by the last
 * shared layer, L̃ᵢ = Lᵢ / Lᵢ(0) and rᵢ = L̃ᵢ / mean L̃, each wᵢ follows the slope of |Gᵢ − mean(G) · rᵢᵅ|, the target held
 * constant; then the weights are scaled to the sum of their number. No second derivative is needed: Gᵢ is linear in wᵢ.
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';

export interface GradNormOptions {
  /** How strongly slow losses are pulled along, from 0 (equal gradients) on; the paper has 0.12 to 3, default 1.5. */
  readonly alpha?: number;
  /** Step of the weights; the slope is taken relative to the mean of G, so it does not depend on the losses' scale. Default 0.025. */
  readonly learningRate?: number;
  /** The losses before training, by name: for cross-entropy ln(classes). */
  readonly initialLosses: Readonly<Record<string, number>>;
  /** Initializer of the last shared layer's weights, by which the gradients are compared. */
  readonly sharedParameter: string;
}

/** Weights stay above it: one at 0 or below would never come back, or train its task backwards. */
const LEAST_WEIGHT = 0.05;

/** One loss as the update of the weights sees it; all scalars. */
export interface WeighedLoss {
  readonly loss: Value;
  readonly initialLoss: number;
  readonly weight: Value;
  /** ‖∇ of the loss, unweighted, by the last shared layer‖. */
  readonly norm: Value;
}

/** The weights after the step, [losses], summing to their number. */
export function nextTaskWeights(
  g: GraphBuilder,
  tasks: readonly WeighedLoss[],
  { alpha = 1.5, learningRate = 0.025 }: Pick<GradNormOptions, 'alpha' | 'learningRate'>,
): Value {
  const stack = (values: readonly Value[]) =>
    g.concat(...(values.map((value) => g.reshape(value, g.int64([1]))) as [Value, ...Value[]]), { axis: 0 });
  const count = tasks.length;
  const weights = stack(tasks.map(({ weight }) => weight));
  const norms = stack(tasks.map(({ norm }) => norm));
  const progress = g.mul(
    stack(tasks.map(({ loss }) => loss)),
    g.float32(tasks.map(({ initialLoss }) => 1 / initialLoss)),
  );
  const mean = (value: Value) => g.reduceMean(value, g.int64([0]));
  const rates = g.div(progress, g.max(mean(progress), g.float32(1e-8)));
  const weighted = g.mul(weights, norms);
  const average = g.max(mean(weighted), g.float32(1e-12));
  const target = g.mul(average, g.pow(rates, g.float32(alpha)));
  const slope = g.div(g.mul(g.sign(g.sub(weighted, target)), norms), average);
  const moved = g.max(g.sub(weights, g.mul(slope, g.float32(learningRate))), g.float32(LEAST_WEIGHT));
  return g.mul(moved, g.div(g.float32(count), g.reduceSum(moved, g.int64([0]))));
}
