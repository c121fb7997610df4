/** Proportions of trials that belong to subjects (hits of an identification, correct windows), with intervals over subjects. */
import { IdentityError } from '../identity-error.js';
import type { Rate } from './rate.js';
import { figureOverSubjects } from './subject-bootstrap.js';
import type { BootstrapOptions } from './verification-rates.js';

/** What one subject contributes. */
export interface SubjectTrials {
  readonly successes: number;
  /** Subjects without trials do not count. */
  readonly trials: number;
}

/**
 * - `micro`: all trials weigh the same, so subjects with many trials decide;
 * - `macro`: all subjects weigh the same, the mean of their own rates.
 */
export type Average = 'micro' | 'macro';

/**
 * Success rate with a 95 % percentile interval: subjects are drawn with replacement together with all of their trials.
 * In an identification the gallery stays as it is; only the probing subjects are drawn.
 *
 * @returns value NaN and the interval 0 … 1 when nobody has a trial.
 * @throws IdentityError when a subject has more successes than trials.
 */
export function rateOverSubjects(
  subjects: readonly SubjectTrials[],
  average: Average,
  options: BootstrapOptions,
): Rate {
  for (const { successes, trials } of subjects) {
    if (!(successes >= 0 && successes <= trials)) {
      throw new IdentityError(`${successes} successes in ${trials} trials`, 'Count every trial of a subject once.');
    }
  }
  const tested = subjects.filter(({ trials }) => trials > 0);
  if (tested.length === 0) return { value: Number.NaN, low: 0, high: 1 };
  // Both averages are a ratio of two sums over subjects.
  const numerator = Float64Array.from(tested, ({ successes, trials }) =>
    average === 'micro' ? successes : successes / trials,
  );
  const denominator = Float64Array.from(tested, ({ trials }) => (average === 'micro' ? trials : 1));
  const ratio = (weight: Float64Array): number => {
    let above = 0;
    let below = 0;
    for (let i = 0; i < weight.length; i++) {
      above += weight[i]! * numerator[i]!;
      below += weight[i]! * denominator[i]!;
    }
    return above / below;
  };
  return figureOverSubjects(tested.length, ratio, options);
}
