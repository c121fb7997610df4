/** Models side by side, protocol by protocol: the table of the model cards. */
import type { EvaluationReport } from './evaluation-report.js';
import { formatFigure, markdownTable } from './markdown-table.js';

export interface IdentityTableRow {
  readonly protocol: string;
  /** What the figure is of. */
  readonly title: string;
  /** Name of the figure in the protocol's report. */
  readonly metric: string;
}

export interface IdentityTableColumn {
  readonly title: string;
  /** One for a protocol at most; protocols without one get a dash. */
  readonly reports: readonly EvaluationReport[];
}

const verification = 'verification/unseen';
const row = (protocol: string, title: string, metric: string): IdentityTableRow => ({ protocol, title, metric });

/** Figures of identity models, those of the same persons first. */
export const identityTableRows: readonly IdentityTableRow[] = [
  row('ecg-id/closed', 'accuracy, per window', 'accuracy'),
  row('ecg-id/closed', 'accuracy, per record', 'accuracyPerRecord'),
  row('ecg-id/closed', 'ECE, per window', 'ece'),
  row('ecg-id/random', 'accuracy, per window; LEAKY', 'accuracy'),
  row('ptb/closed', 'accuracy, per window', 'accuracy'),
  row('ptb/closed', 'accuracy, per record', 'accuracyPerRecord'),
  row('ptb/closed', 'ECE, per window', 'ece'),
  row('ecg-id/other-record', 'rank-1 per record, same day', 'rank1Within'),
  row('ecg-id/other-record', 'rank-1 per record, other day', 'rank1Across'),
  row('ecg-id/other-record', 'the same, mean over persons, same day', 'rank1MacroWithin'),
  row('ecg-id/other-record', 'the same, mean over persons, other day', 'rank1MacroAcross'),
  row('ecg-id/other-date', 'rank-1 per record', 'rank1'),
  row('heartprint/cross-session', 'rank-1 per record', 'rank1'),
  row('heartprint/cross-session', 'EER, record against template', 'eer'),
  row(verification, 'EER, Heartprint, same session', 'eerHeartprintSameSession'),
  row(verification, 'EER, Heartprint, session 1 to 2', 'eerHeartprintS2'),
  row(verification, 'EER, Heartprint, session 1 to 3, mean of R and L', 'eerHeartprintS3'),
  row(verification, 'FNMR at FMR 0.01, Heartprint, session 1 to 2', 'fnmrAtFmr100HeartprintS2'),
  row(verification, 'EER, ECG-ID, same day', 'eerEcgIdSameDay'),
  row(verification, 'EER, ECG-ID, other date', 'eerEcgIdOtherDate'),
  row(verification, 'EER, PTB, same record', 'eerPtbSameRecord'),
  row(verification, 'EER, PTB, other record', 'eerPtbOtherRecord'),
];

/** @returns a Markdown table with a line for every figure and a column for every model; intervals are 95 % over subjects. */
export function identityTable(columns: readonly IdentityTableColumn[]): string {
  const lines = markdownTable(
    ['protocol', 'figure', ...columns.map(({ title }) => title)],
    identityTableRows.map(({ protocol, title, metric }) => [
      `\`${protocol}\``,
      title,
      ...columns.map(({ reports }) =>
        formatFigure(reports.find((report) => report.protocol === protocol)?.metrics[metric]),
      ),
    ]),
  );
  return `${lines.join('\n')}\n`;
}
