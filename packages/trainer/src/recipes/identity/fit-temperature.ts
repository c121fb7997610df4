/**
 * Temperature scaling: one number by which all logits are divided, so that a trained network's probabilities are true (Guo, Pleiss,
 * Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017). The most probable class stays what it is.
 */
import { RecipeError } from '../../recipe-error.js';

/** What a network says about a window, and what is true. */
export interface LabelledLogits {
  readonly logits: ArrayLike<number>;
  /** Number of the true class. */
  readonly truth: number;
}

/** Within these a temperature is looked for. */
export const temperatureRange: readonly [lowest: number, highest: number] = [0.01, 100];

/** More than ever needed: each step of the search is a Newton step that was good, or halves the range. */
const MOST_STEPS = 200;
const PRECISION = 1e-10;

/**
 * The temperature T at which the labels are most likely: it minimises the mean negative log-likelihood of softmax(logits / T).
 *
 * In 1 / T that is convex: Newton's method finds the only zero of the slope, held between bounds by bisection. Where the
 * likelihood has no maximum within `temperatureRange`, an end of it is returned: the lowest where the true logit is always the
 * highest, so that no certainty is too much; the highest where logits mislead. Where every window's logits are all the same, no
 * temperature is better than 1.
 *
 * @throws RecipeError for no windows, logits that are not finite, and a truth that has no logit.
 */
export function fitTemperature(windows: readonly LabelledLogits[]): number {
  requireFittable(windows);
  const [coldest, hottest] = temperatureRange;
  let [low, high] = [1 / hottest, 1 / coldest];
  const slopeAtLow = slopeAt(windows, low).slope;
  if (slopeAt(windows, high).slope <= 0) return slopeAtLow < 0 ? coldest : 1;
  if (slopeAtLow >= 0) return hottest;
  let inverse = 1;
  let lastMove = Number.POSITIVE_INFINITY;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = slopeAt(windows, inverse);
    if (slope === 0) break;
    if (slope < 0) low = inverse;
    else high = inverse;
    const newton = inverse - slope / curvature;
    const isGood = newton > low && newton < high && Math.abs(newton - inverse) < lastMove / 2;
    const next = isGood ? newton : Math.sqrt(low * high);
    lastMove = Math.abs(next - inverse);
    inverse = next;
    if (lastMove < PRECISION * inverse) break;
  }
  return 1 / inverse;
}

function requireFittable(windows: readonly LabelledLogits[]): void {
  if (windows.length === 0) {
    throw new RecipeError('there is no window to fit a temperature on', 'Validate on longer parts.');
  }
  for (const { logits, truth } of windows) {
    if (!(truth in logits)) {
      throw new RecipeError(
        `a window is labelled ${truth}, its logits are ${logits.length}`,
        'Fit on windows of classes that the network knows.',
      );
    }
    if (!Array.from(logits).every(Number.isFinite)) {
      throw new RecipeError('logits to fit a temperature on are not finite', 'Train with a lower learning rate.');
    }
  }
}

/**
 * First and second derivative of the mean negative log-likelihood with respect to 1 / T: mean and variance, by the probabilities, of
 * the logits less the true one.
 */
function slopeAt(windows: readonly LabelledLogits[], inverse: number): { slope: number; curvature: number } {
  let slope = 0;
  let curvature = 0;
  for (const { logits, truth } of windows) {
    // Of differences to the true logit the mean is never above 0 by rounding alone.
    const above = Float64Array.from(logits, (logit) => logit - logits[truth]!);
    const highest = above.reduce((most, value) => Math.max(most, value));
    const weights = above.map((value) => Math.exp(inverse * (value - highest)));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const mean = above.reduce((total, value, index) => total + weights[index]! * value, 0) / sum;
    slope += mean / windows.length;
    curvature +=
      above.reduce((total, value, index) => total + weights[index]! * (value - mean) ** 2, 0) / sum / windows.length;
  }
  return { slope, curvature };
}
