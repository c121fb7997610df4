/** Classified windows as Markdown: a table of figures, and a confusion matrix for each task. */
import { type Task, tasks } from '../inference/activity-model.js';
import type { ClassificationReport, ConfusionMatrix } from './evaluation-report.js';
import { figureTable, markdownTable, type ReportTables } from './markdown-table.js';

const titles: Readonly<Record<string, string>> = {
  identity: 'identity, per window',
  identityPerRecord: 'identity, per record',
  activity: 'activity, per window',
  activityPerRecord: 'activity, per record',
};

export function classificationTables({ rows, confusion }: ClassificationReport): ReportTables {
  const [all] = rows;
  const sentences = [
    `Tested on ${all?.windows ?? 0} windows, none overlapping another, of ${all?.records ?? 0} records; a record's answer is that of the mean of its windows' probabilities.`,
  ];
  if (all !== undefined && all.failedRecords > 0) {
    sentences.push(`${all.failedRecords} records gave no window: misses of the figures per record.`);
  }
  const matrices = tasks.flatMap((task) => (confusion[task] === undefined ? [] : [matrixLines(task, confusion[task])]));
  return { tables: [figureTable('test', rows, titles), ...matrices], sentences };
}

/** A caption and a table: a line per true class, a column per answer. */
function matrixLines(task: Task, { classes, counts }: ConfusionMatrix): string[] {
  const table = markdownTable(
    ['true, answered', ...classes],
    classes.map((name, index) => [name, ...counts[index]!.map(String)]),
  );
  return [`Confusion of ${task}, windows:`, '', ...table];
}
