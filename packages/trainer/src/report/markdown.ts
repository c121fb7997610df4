/** A report as Markdown tables, the form of model cards and of the README. */
import type { EvaluationReport, Figure, ReportRow } from './evaluation-report.js';

const titles: Readonly<Record<string, string>> = {
  rank1: 'rank-1, per record',
  rank1Macro: 'rank-1, mean over persons',
  rank1Window: 'rank-1, per window',
  rank1WindowMacro: 'rank-1, per window, mean over persons',
  eer: 'EER',
  fnmrAtFmr100: 'FNMR at FMR 0.01',
  fnmrAtFmr1000: 'FNMR at FMR 0.001',
};

/** Heading, one table with a row per part of the probes, and a line that states what the figures rest on. */
export function reportToMarkdown(report: EvaluationReport): string {
  const names = Object.keys(report.rows[0]?.metrics ?? {});
  const head = ['probes', 'persons', 'records', 'windows', ...names.map((name) => titles[name] ?? name)];
  const lines = [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...report.rows.map(cellsOf(names))];
  return [
    `### ${report.protocol}${report.leaky ? ' (leaky: test parts leak into training)' : ''}`,
    '',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
    '',
    footnote(report),
    '',
  ].join('\n');
}

function cellsOf(names: readonly string[]): (row: ReportRow) => string[] {
  return ({ condition, subjects, records, windows, metrics }) => [
    condition,
    String(subjects),
    String(records),
    String(windows),
    ...names.map((name) => (metrics[name] === undefined ? '–' : rate(metrics[name]))),
  ];
}

/** `0.123 (0.101 … 0.146)`. */
function rate({ value, low, high }: Figure): string {
  return `${value.toFixed(3)} (${low.toFixed(3)} … ${high.toFixed(3)})`;
}

function footnote(report: EvaluationReport): string {
  const { gallery, rows, data, training, resamples, seed } = report;
  const [all] = rows;
  const sentences = [
    `Model ${report.model}, SHA-256 ${report.modelSha256.slice(0, 12)}….`,
    `Gallery: ${gallery.subjects} persons, ${gallery.records} records, ${gallery.windows} windows.`,
    `Rates are fractions of 1; in brackets the 95 % interval over persons, bootstrap of ${resamples} resamples, seed ${seed}.`,
  ];
  if (all !== undefined) {
    sentences.push(`Error rates rest on ${all.genuine} genuine and ${all.impostor} impostor comparisons of records.`);
    if (all.failedRecords > 0) {
      sentences.push(`${all.failedRecords} probe records gave no window: misses of rank-1, outside the error rates.`);
    }
  }
  if (gallery.failedSubjects.length > 0) sentences.push(`Not enrolled: ${gallery.failedSubjects.join(', ')}.`);
  if (!data.complete) sentences.push(`Only a part of ${data.name} was there: not comparable with other figures.`);
  if (training === 'gallery') sentences.push('The model was trained on gallery records of these persons.');
  if (training === 'unstated') sentences.push('The model does not tell what it was trained on.');
  return sentences.join(' ');
}
