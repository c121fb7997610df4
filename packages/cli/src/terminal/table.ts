/** Tables of reports: a line under the header, columns two spaces apart, no frame, no colour. */
import Table from 'cli-table3';

export interface Column {
  title: string;
  /** Figures stand at the right, words at the left (the default). */
  align?: 'left' | 'right';
}

const noFrame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
  mid: '',
  'mid-mid': '',
  middle: '  ',
};

/** @returns the table as text, without a line break at its end */
export function renderTable(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string {
  const table = new Table({
    colAligns: columns.map((column) => column.align ?? 'left'),
    chars: noFrame,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  const rule = columns.map((column, index) => {
    const widths = rows.map((row) => String(row[index] ?? '').length);
    return '─'.repeat(Math.max(column.title.length, ...widths));
  });
  table.push(
    columns.map((column) => column.title),
    rule,
    ...rows.map((row) => [...row]),
  );
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** @returns the same table in Markdown, without a line break at its end */
export function renderMarkdownTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  return [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join('\n');
}
