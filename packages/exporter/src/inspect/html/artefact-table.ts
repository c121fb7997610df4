/** The forms in which a model was exported, and what each is worth. */
import { escapeHtml } from './escape.js';
import { bytes, NO_FIGURE, percent } from './figures.js';

export interface ArtefactRow {
  readonly kind: string;
  readonly bytes: number;
  /** The same as a share of the float32 model. */
  readonly ofFloat32: number;
  /** With the float32 model, a fraction of 1. */
  readonly agreement: number;
  readonly metricFloat: number | null;
  readonly metricInt8: number | null;
  /** How it is run. */
  readonly command: string;
}

export interface ExportedContent {
  readonly artefacts: readonly ArtefactRow[];
  /** What the figures of the rows are: `activity, kalouskova/time-split`. */
  readonly metric?: string;
}

export function artefactTable({ artefacts, metric }: ExportedContent): string {
  const rate = (value: number | null) => (value === null ? NO_FIGURE : percent(value));
  const rows = artefacts.map((artefact) => {
    const figures = metric === undefined ? [] : [rate(artefact.metricFloat), rate(artefact.metricInt8)];
    const cells = [bytes(artefact.bytes), percent(artefact.ofFloat32), percent(artefact.agreement), ...figures];
    return `<tr><td>${escapeHtml(artefact.kind)}</td><td class="command"><code>${escapeHtml(artefact.command)}</code></td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const figures = metric === undefined ? '' : '<th>float32</th><th>int8</th>';
  const words = metric === undefined ? '' : `<p class="soft">float32, int8: ${escapeHtml(metric)}.</p>`;
  return `${words}<div class="scroll"><table><thead><tr><th>form</th><th>run it</th><th>size</th><th>of float32</th><th>agreement</th>${figures}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
