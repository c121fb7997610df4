/** The learning rate as every recipe here has it: a warm-up, then half a cosine. */
import { learningRateSchedule } from './learning-rate.js';

export interface LearningRateSettings {
  readonly steps: number;
  /** Highest rate, after the warm-up. */
  readonly learningRate: number;
  /** Share of the steps in which the rate rises from 0. */
  readonly warmUp: number;
}

/**
 * @returns the learning rate of a step, steps counted from 1 on; 0 at the last.
 * @throws RecipeError for settings that make no sense.
 */
export function recipeLearningRate({ steps, learningRate, warmUp }: LearningRateSettings): (step: number) => number {
  return learningRateSchedule({ kind: 'cosine', steps, peak: learningRate, warmup: Math.round(warmUp * steps) });
}
