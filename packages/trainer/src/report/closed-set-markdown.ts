/** Windows named by person as a Markdown table. */
import { CALIBRATION_BINS } from '@edgebeat/identity';
import type { ClosedSetReport } from './evaluation-report.js';
import { figureTable, type ReportTables } from './markdown-table.js';

const titles: Readonly<Record<string, string>> = {
  accuracy: 'accuracy, per window',
  accuracyPerRecord: 'accuracy, per record',
  ece: 'ECE, per window',
};

export function closedSetTables({ rows, answeredBy, failedSubjects, leaky }: ClosedSetReport): ReportTables {
  const [all] = rows;
  const sentences = [
    answeredBy === 'logits'
      ? "Answered by the model's logits, a record by the mean of its windows' probabilities."
      : 'Answered by the nearest template, the mean direction of the training windows; a record by the mean direction of its windows.',
  ];
  if (all !== undefined && all.failedRecords > 0) {
    sentences.push(`${all.failedRecords} records gave no test window: misses of the figure per record.`);
  }
  if (failedSubjects.length > 0) sentences.push(`Without a template: ${failedSubjects.join(', ')}.`);
  if (all?.metrics.ece !== undefined) {
    sentences.push(
      `ECE is the expected calibration error: how far the probabilities of the answers are from accuracy, in ${CALIBRATION_BINS} bins.`,
    );
  }
  if (leaky) {
    sentences.push(
      'LEAKY: the split is random over windows that overlap, so nearly every test window shares beats with training windows. ' +
        'The figures stand here only beside published ones of such a split; they do not tell how well persons are recognised.',
    );
  }
  return { tables: [figureTable('test', rows, titles)], sentences };
}
