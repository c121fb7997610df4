/** Figures of classified records: shares of right answers with intervals over subjects, and confusion matrices. */
import type { BootstrapOptions } from '@edgebeat/identity';
import type { Task } from '../inference/activity-model.js';
import type { ClassificationRow, ConfusionMatrix, Figure } from '../report/evaluation-report.js';
import type { Answers, ClassifiedRecord } from './classify-records.js';
import { hitRate, trialsBySubject } from './hit-rate.js';

/** What was answered about a record. */
interface AnsweredRecord<N extends string> {
  /** Number of its person, from 0. */
  readonly subject: number;
  readonly windows: number;
  readonly answers: Partial<Readonly<Record<N, Answers>>>;
}

/**
 * Figures of some records: for each name the share of right windows, and `…PerRecord`, that of right records.
 *
 * @param records at least one.
 * @param names of what was answered, and so of the figures.
 */
export function classificationRow<N extends string>(
  records: readonly AnsweredRecord<N>[],
  condition: string,
  names: readonly N[],
  options: BootstrapOptions,
): ClassificationRow {
  const subjects = new Set(records.map(({ subject }) => subject));
  const figures: Record<string, Figure> = {};
  for (const name of names) {
    const count = (trials: (answers: Answers) => { successes: number; trials: number }) =>
      hitRate(
        trialsBySubject(records, Math.max(...subjects) + 1, ({ answers }) => trials(answers[name]!)),
        'micro',
        options,
      );
    figures[name] = count(({ truth, windows }) => ({
      successes: windows.filter((answer) => answer === truth).length,
      trials: windows.length,
    }));
    figures[`${name}PerRecord`] = count(({ truth, record }) => ({ successes: record === truth ? 1 : 0, trials: 1 }));
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
