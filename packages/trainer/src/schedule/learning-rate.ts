/** Learning rates as functions of the step. */
import { RecipeError, requireCount } from '../recipe-error.js';

/** The learning rate of a step; steps count from 1 on. */
export type LearningRateSchedule = (step: number) => number;

export interface WarmUpOptions {
  /** Highest rate, above 0. */
  readonly peak: number;
  /** Step that has the peak first; the rate climbs to it from zero in equal steps. Default 0: it begins there. */
  readonly warmUp?: number;
}

export interface WarmUpCosineOptions extends WarmUpOptions {
  /** Number of the last step. */
  readonly steps: number;
  /** Rate of the last step and beyond it, up to the peak; default 0. */
  readonly floor?: number;
}

/** @throws RecipeError for rates or steps that make no sense. */
export function constantRate({ peak, warmUp = 0 }: WarmUpOptions): LearningRateSchedule {
  requireWarmUp(peak, warmUp);
  return (step) => (step < warmUp ? (peak * step) / warmUp : peak);
}

/**
 * From the peak down to the floor along half a cosine, without restarts (Loshchilov and Hutter, "SGDR: Stochastic Gradient
 * Descent with Warm Restarts", ICLR 2017).
 *
 * @throws RecipeError for rates or steps that make no sense.
 */
export function warmUpCosine({ steps, peak, warmUp = 0, floor = 0 }: WarmUpCosineOptions): LearningRateSchedule {
  requireWarmUp(peak, warmUp);
  requireCount('the number of steps', steps, Math.max(1, warmUp));
  if (!(floor >= 0 && floor <= peak))
    throw new RecipeError(`the floor of the learning rate is ${floor}`, `Give a number from 0 to the peak, ${peak}.`);
  return (step) => {
    if (step < warmUp) return (peak * step) / warmUp;
    const progress = Math.min(1, (step - warmUp) / Math.max(1, steps - warmUp));
    return floor + ((peak - floor) * (1 + Math.cos(Math.PI * progress))) / 2;
  };
}

function requireWarmUp(peak: number, warmUp: number): void {
  if (!(peak > 0 && peak < Number.POSITIVE_INFINITY))
    throw new RecipeError(`the peak of the learning rate is ${peak}`, 'Give a number above 0.');
  requireCount('the number of warm-up steps', warmUp, 0);
}
