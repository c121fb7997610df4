/** A study as a Markdown table, the form of model cards. */
import { formatSeedFigure } from '../../../report/seed-figure.js';
import type { Study, StudyOptions } from './studies.js';
import type { StudyRow, StudySummary } from './study-summary.js';

/** Heading, one row for each variant, and a line that states what the figures rest on. */
export function studyToMarkdown(study: Study, { rows, pooled }: StudySummary, { seeds, steps }: StudyOptions): string {
  const names = [...new Set(rows.flatMap(({ metrics }) => Object.keys(metrics)))];
  const isPartition = study.pools;
  const head = ['variant', 'test windows', ...names.map((name) => `${name}, per window`)];
  const lines = [
    head,
    head.map((_, column) => (column === 0 ? '---' : '---:')),
    ...[...rows, ...(isPartition ? [pooled] : [])].map((row) => cellsOf(row, names)),
  ];
  return [
    `### ${study.name}`,
    '',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    `Mean ± standard deviation over ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${steps} steps each; ${study.description}.`,
    '',
  ].join('\n');
}

function cellsOf({ variant, windows, metrics }: StudyRow, names: readonly string[]): string[] {
  return [variant, String(windows), ...names.map((name) => (metrics[name] ? formatSeedFigure(metrics[name]) : '–'))];
}
