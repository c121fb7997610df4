/** Shares of hits, with intervals over the subjects that the trials belong to. */
import { type BootstrapOptions, rateOverSubjects, type SubjectTrials } from '@edgebeat/identity';
import type { Figure } from '../report/evaluation-report.js';

/** What is counted by subject. */
interface OfSubject {
  /** Number of its person, from 0. */
  readonly subject: number;
}

/** @param average `micro`: all trials weigh the same; `macro`: all subjects do. */
export function hitRate(
  trials: readonly SubjectTrials[],
  average: 'micro' | 'macro',
  options: BootstrapOptions,
): Figure {
  return {
    ...rateOverSubjects(trials, average, options),
    n: trials.reduce((sum, one) => sum + one.trials, 0),
    subjects: trials.filter((one) => one.trials > 0).length,
  };
}

/** Trials of each of `subjects` persons, summed over what belongs to them. */
export function trialsBySubject<T extends OfSubject>(
  items: readonly T[],
  subjects: number,
  count: (item: T) => SubjectTrials,
): SubjectTrials[] {
  const trials = Array.from({ length: subjects }, () => ({ successes: 0, trials: 0 }));
  for (const item of items) {
    const counted = count(item);
    trials[item.subject]!.successes += counted.successes;
    trials[item.subject]!.trials += counted.trials;
  }
  return trials;
}
