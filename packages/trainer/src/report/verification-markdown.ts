/** Verification as Markdown tables: all figures of the main probe size, then error rates by probe size. */
import type { VerificationReport, VerificationRow } from './evaluation-report.js';
import { formatFigure, markdownTable, type ReportTables } from './markdown-table.js';

const mainFigures = {
  eer: 'EER',
  fnmrAtFmr100: 'FNMR at FMR 0.01',
  fnmrAtFmr1000: 'FNMR at FMR 0.001',
  rank1: 'rank-1',
} as const;

export function verificationTables(report: VerificationReport): ReportTables {
  const { rows, templateWindows, probeWindows, failedSubjects } = report;
  const [main, ...others] = probeWindows;
  const sentences = [
    `Nobody here was in the training of any shipped weights. Templates of ${templateWindows} windows, probes of one recording; impostors are all the others of the data set.`,
  ];
  const failed = rows.filter(({ failedRecords }) => failedRecords > 0);
  if (failed.length > 0) {
    const counts = failed.map(({ condition, failedRecords }) => `${condition}: ${failedRecords}`).join('; ');
    sentences.push(`Recordings with fewer than ${main} windows, outside these figures: ${counts}.`);
  }
  if (failedSubjects.length > 0) sentences.push(`Not enrolled: ${failedSubjects.join(', ')}.`);
  const sizes = [main!, ...others].sort((a, b) => a - b);
  return {
    tables: [
      [`Probes of ${main} windows:`, '', ...mainTable(rows)],
      ['EER by windows of a probe:', '', ...sizeTable(rows, 'eer', sizes, main!)],
      ['FNMR at FMR 0.01 by windows of a probe:', '', ...sizeTable(rows, 'fnmrAtFmr100', sizes, main!)],
    ],
    sentences,
  };
}

function mainTable(rows: readonly VerificationRow[]): string[] {
  return markdownTable(
    ['condition', 'persons', 'recordings', 'genuine', 'impostor', ...Object.values(mainFigures)],
    rows.map(({ condition, subjects, records, genuine, impostor, metrics }) => [
      condition,
      ...[subjects, records, genuine, impostor].map(String),
      ...Object.keys(mainFigures).map((name) => formatFigure(metrics[name])),
    ]),
  );
}

function sizeTable(rows: readonly VerificationRow[], figure: string, sizes: readonly number[], main: number): string[] {
  return markdownTable(
    ['condition', ...sizes.map(String)],
    rows.map(({ condition, metrics }) => [
      condition,
      ...sizes.map((size) => formatFigure(metrics[size === main ? figure : `${figure}K${size}`])),
    ]),
  );
}
