/** Figures of classified records: shares of right answers with intervals over subjects, and confusion matrices. */
import type { BootstrapOptions } from '@edgebeat/identity';
import type { Task } from '../inference/activity-model.js';
import type { ClassificationRow, ConfusionMatrix, Figure } from '../report/evaluation-report.js';
import type { Answers, ClassifiedRecord } from './classify-records.js';
import { hitRate, trialsBySubject } from './hit-rate.js';

/**
 * Figures of some records.
 *
 * @param records at least one.
 */
export function classificationRow(
  records: readonly ClassifiedRecord[],
  condition: string,
  tasks: readonly Task[],
  options: BootstrapOptions,
): ClassificationRow {
  const subjects = new Set(records.map(({ subject }) => subject));
  const figures: Record<string, Figure> = {};
  for (const task of tasks) {
    const count = (trials: (answers: Answers) => { successes: number; trials: number }) =>
      hitRate(
        trialsBySubject(records, Math.max(...subjects) + 1, ({ answers }) => trials(answers[task]!)),
        'micro',
        options,
      );
    figures[task] = count(({ truth, windows }) => ({
      successes: windows.filter((answer) => answer === truth).length,
      trials: windows.length,
    }));
    figures[`${task}PerRecord`] = count(({ truth, record }) => ({ successes: record === truth ? 1 : 0, trials: 1 }));
  }
  return {
    condition,
    subjects: subjects.size,
    records: records.length,
    windows: records.reduce((sum, { windows }) => sum + windows, 0),
    failedRecords: records.filter(({ windows }) => windows === 0).length,
    // A part without a single window has figures per record only.
    metrics: Object.fromEntries(Object.entries(figures).filter(([, { n }]) => n > 0)),
  };
}

/** Windows by true class (rows) and answer (columns). */
export function confusionMatrix(
  records: readonly ClassifiedRecord[],
  task: Task,
  classes: readonly string[],
): ConfusionMatrix {
  const counts = classes.map(() => classes.map(() => 0));
  for (const { answers } of records) {
    const { truth, windows } = answers[task]!;
    for (const answer of windows) counts[truth]![answer]!++;
  }
  return { classes, counts };
}
