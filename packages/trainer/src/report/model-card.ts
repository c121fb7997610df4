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
  const begin = card.indexOf(FIGURES_BEGIN);
  const end = card.indexOf(FIGURES_END);
  const isOnce = card.lastIndexOf(FIGURES_BEGIN) === begin && card.lastIndexOf(FIGURES_END) === end;
  if (begin < 0 || end < begin || !isOnce) {
    throw new ProtocolError(
      'the model card does not mark where its figures stand',
      `Put the lines ${FIGURES_BEGIN} and ${FIGURES_END} into it, once each and in this order.`,
    );
  }
  const figures = reports.map(reportToMarkdown).join('\n');
  return `${card.slice(0, begin + FIGURES_BEGIN.length)}\n\n${figures}\n${card.slice(end)}`;
}
