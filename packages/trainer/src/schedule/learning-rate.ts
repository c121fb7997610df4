/** Learning rates as functions of the step, from plain JSON. */
import { RecipeError, requireCount } from '../recipe-error.js';

/** The same rate from the end of the warm-up on. */
export interface ConstantSchedule {
  readonly kind: 'constant';
  readonly peak: number;
  /** Steps until the peak is reached, in equal steps from zero; 0 unless told otherwise. */
  readonly warmup?: number;
}

/** Half a cosine from the peak at the end of the warm-up to the floor at the last step. */
export interface CosineSchedule {
  readonly kind: 'cosine';
  readonly peak: number;
  /** Rate of the last step; 0 unless told otherwise. */
  readonly floor?: number;
  /** Steps until the peak is reached, in equal steps from zero; 0 unless told otherwise. */
  readonly warmup?: number;
  /** Number of the last step; from there on the rate stays at the floor. */
  readonly steps: number;
}

export type LearningRateSchedule = ConstantSchedule | CosineSchedule;

/** Share of the peak above the floor, after the warm-up. */
type Decays = { readonly [K in LearningRateSchedule['kind']]: (schedule: never, step: number) => number };

const decays: Decays = {
  constant: () => 1,
  cosine: ({ warmup = 0, steps }: CosineSchedule, step: number) => {
    const progress = Math.min(1, (step - warmup) / Math.max(1, steps - warmup));
    return (1 + Math.cos(Math.PI * progress)) / 2;
  },
};

/**
 * @returns the learning rate of a step, steps counted from 1 on.
 * @throws RecipeError for a schedule that there is not, and for rates or steps that make no sense.
 */
export function learningRateSchedule(schedule: LearningRateSchedule): (step: number) => number {
  const { kind, peak, warmup = 0 } = schedule;
  const floor = schedule.kind === 'cosine' ? (schedule.floor ?? 0) : 0;
  if (!Object.hasOwn(decays, kind))
    throw new RecipeError(`there is no schedule "${kind}"`, `There are ${Object.keys(decays).join(', ')}.`);
  if (!(peak > 0 && peak < Number.POSITIVE_INFINITY))
    throw new RecipeError(`the peak of the learning rate is ${peak}`, 'Give a number above 0.');
  if (!(floor >= 0 && floor <= peak))
    throw new RecipeError(`the floor of the learning rate is ${floor}`, `Give a number from 0 to the peak, ${peak}.`);
  requireCount('the number of warm-up steps', warmup, 0);
  if (schedule.kind === 'cosine') requireCount('the number of steps', schedule.steps, Math.max(1, warmup));
  const decay = decays[kind] as (schedule: LearningRateSchedule, step: number) => number;
  return (step) => (step < warmup ? (peak * step) / warmup : floor + (peak - floor) * decay(schedule, step));
}
