/** Tables of reports, as lines of Markdown. */
import type { Figure, Figures } from './evaluation-report.js';

/** What a kind of report contributes to its Markdown. */
export interface ReportTables {
  /** Each as its lines, with a caption where there are several. */
  readonly tables: readonly (readonly string[])[];
  /** For the footnote: first what was tested against what, then the rest. */
  readonly sentences: string[];
}

/** A row of figures as it stands in every kind of report. */
interface FigureRow {
  readonly condition: string;
  readonly subjects: number;
  readonly records: number;
  readonly windows: number;
  readonly metrics: Figures;
}

/** A table of text cells; the first column is aligned to the left, the others to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const alignment = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/**
 * A line per part, a column per figure of the first row.
 *
 * @param what is listed: `probes`, `test`.
 * @param titles of figures; a figure without one goes by its name.
 */
export function figureTable(
  what: string,
  rows: readonly FigureRow[],
  titles: Readonly<Record<string, string>>,
): string[] {
  const names = Object.keys(rows[0]?.metrics ?? {});
  return markdownTable(
    [what, 'persons', 'records', 'windows', ...names.map((name) => titles[name] ?? name)],
    rows.map(({ condition, subjects, records, windows, metrics }) => [
      condition,
      String(subjects),
      String(records),
      String(windows),
      ...names.map((name) => formatFigure(metrics[name])),
    ]),
  );
}

/** `0.123 (0.101 … 0.146)`; a dash for a figure that there is not. */
export function formatFigure(figure: Figure | undefined): string {
  if (figure === undefined) return '–';
  const { value, low, high } = figure;
  return `${value.toFixed(3)} (${low.toFixed(3)} … ${high.toFixed(3)})`;
}
