/** How far the probabilities of answers are from what became of them, as a figure. */
import { type BootstrapOptions, type ConfidentAnswer, calibrationErrorOverSubjects } from '@edgebeat/identity';
import type { Figure } from '../report/evaluation-report.js';
import type { IdentifiedRecord } from './closed-set-answers.js';

/**
 * Expected calibration error of the windows' answers.
 *
 * @returns undefined where templates answered: likeness is no probability.
 */
export function calibrationFigure(records: readonly IdentifiedRecord[], options: BootstrapOptions): Figure | undefined {
  const answers = new Map<number, ConfidentAnswer[]>();
  for (const { subject, confidences, answers: given } of records) {
    if (confidences === undefined) return undefined;
    const { truth, windows } = given.accuracy;
    const own = windows.map((answer, index) => ({ confidence: confidences[index]!, isRight: answer === truth }));
    answers.set(subject, [...(answers.get(subject) ?? []), ...own]);
  }
  const subjects = [...answers.values()];
  return {
    ...calibrationErrorOverSubjects(subjects, options),
    n: subjects.reduce((sum, { length }) => sum + length, 0),
    subjects: subjects.filter(({ length }) => length > 0).length,
  };
}
