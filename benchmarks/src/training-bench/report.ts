/** The report for people: two tables in Markdown, how fast and where the time goes. */
import { markdownTable } from '../markdown-table.js';
import type { Row } from './rows.js';

/** Operators with a smaller share are not listed. */
const LEAST_SHARE = 0.03;

export function renderReport(rows: readonly Row[]): string {
  const speed = markdownTable(
    [
      'training step',
      'batch',
      'nodes',
      'parameters',
      'MACs',
      'GFLOP',
      'ms, median',
      'ms, least',
      'GFLOP/s',
      'MatMul GFLOP/s',
      'ratio',
      'session s',
    ],
    rows.map((row) => [
      titleOf(row),
      `${row.batch}`,
      `${row.nodes}`,
      millions(row.parameters, 2),
      millions(row.macs, 1),
      row.gflop.toFixed(1),
      row.stepMs.toFixed(0),
      row.stepMsMin.toFixed(0),
      row.gflops.toFixed(0),
      row.matMulGflops.toFixed(0),
      row.ratioToMatMul.toFixed(2),
      (row.sessionMs / 1000).toFixed(1),
    ]),
  );
  const shares = markdownTable(
    ['training step', 'batch', 'share of the time in operators, %'],
    rows.map((row) => [titleOf(row), `${row.batch}`, sharesOf(row)]),
  );
  return `${speed}\n\n${shares}`;
}

function titleOf({ model, variant }: Row): string {
  return variant === '' ? model : `${model}, ${variant}`;
}

function millions(count: number, digits: number): string {
  return `${(count / 1e6).toFixed(digits)} M`;
}

function sharesOf({ shares }: Row): string {
  return Object.entries(shares)
    .filter(([, share]) => share >= LEAST_SHARE)
    .map(([operator, share]) => `${operator} ${(100 * share).toFixed(0)}`)
    .join(', ');
}
