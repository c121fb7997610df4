/** Puts figures into a model card, between two marks, and leaves the rest of it as it is. */
import { ProtocolError } from '../protocols/protocol-error.js';
import type { EvaluationReport } from './evaluation-report.js';
import { reportToMarkdown } from './markdown.js';

export const FIGURES_BEGIN = '<!-- figures:begin -->';
export const FIGURES_END = '<!-- figures:end -->';

/**
 * The card with its figures replaced.
 *
 * @param card Markdown with one line `FIGURES_BEGIN` and, after it, one line `FIGURES_END`.
 * @param reports in the order in which they shall stand.
 * @throws ProtocolError when the marks are not there exactly once, in this order.
 */
export function fillModelCard(card: string, reports: readonly EvaluationReport[]): string {
  return fillBetween(card, FIGURES_BEGIN, FIGURES_END, reports.map(reportToMarkdown).join('\n'));
}

export const TABLE_BEGIN = '<!-- table:begin -->';
export const TABLE_END = '<!-- table:end -->';

/**
 * The card with its comparison of models replaced.
 *
 * @param card Markdown with one line `TABLE_BEGIN` and, after it, one line `TABLE_END`.
 * @throws ProtocolError when the marks are not there exactly once, in this order.
 */
export function fillTable(card: string, table: string): string {
  return fillBetween(card, TABLE_BEGIN, TABLE_END, table);
}

function fillBetween(card: string, beginMark: string, endMark: string, content: string): string {
  const begin = card.indexOf(beginMark);
  const end = card.indexOf(endMark);
  const isOnce = card.lastIndexOf(beginMark) === begin && card.lastIndexOf(endMark) === end;
  if (begin < 0 || end < begin || !isOnce) {
    throw new ProtocolError(
      'the model card does not mark where its figures stand',
      `Put the lines ${beginMark} and ${endMark} into it, once each and in this order.`,
    );
  }
  return `${card.slice(0, begin + beginMark.length)}\n\n${content}\n${card.slice(end)}`;
}
