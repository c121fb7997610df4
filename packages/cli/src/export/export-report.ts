/** What `edgebeat export` ends with: a table, a line of JSON, and a file with all that is known. */
import { bytes, noFigure, percent } from '../terminal/numbers.js';
import { renderTable } from '../terminal/table.js';
import type { ExportResult } from './export-model.js';

export const EXPORT_SCHEMA = 'edgebeat.export/1';

/** Layers that the summary names. */
const WORST = 5;

/** @param files what was written beside the artefacts: the report and the page. */
export function exportSummary(result: ExportResult, files: { readonly report: string; readonly page: string }) {
  const { name, floatBytes, windows, artefacts, metric, figures, errors } = result;
  const worst = (errors?.layers ?? []).slice(0, WORST).map(({ value, operator, local, cumulated }) => ({
    ...{ value, operator, sqnr: local.sqnr, sqnrCumulated: cumulated.sqnr },
  }));
  const islands = result.quantization?.islands.values ?? [];
  return {
    schema: EXPORT_SCHEMA,
    model: name,
    floatBytes,
    windows,
    artefacts,
    metric,
    figures,
    islands,
    worst,
    ...files,
  } as const;
}

export type ExportSummary = ReturnType<typeof exportSummary>;

export function renderExport({ artefacts, metric, windows, islands, worst, page }: ExportSummary): string {
  const columns = [
    { title: 'artefact' },
    { title: 'bytes', align: 'right' },
    { title: 'of float32', align: 'right' },
    { title: 'agreement', align: 'right' },
    { title: 'cosine', align: 'right' },
    ...(metric === null
      ? []
      : [{ title: 'metric, float32', align: 'right' } as const, { title: 'int8', align: 'right' } as const]),
    { title: 'run it' },
  ] as const;
  const rate = (value: number | null) => (value === null ? noFigure : percent(value));
  const rows = artefacts.map((artefact) => [
    artefact.kind,
    bytes(artefact.bytes),
    percent(artefact.ofFloat32, 1),
    `${percent(artefact.agreement, 1)} of ${artefact.windows}`,
    Math.min(...artefact.outputs.map(({ cosine }) => cosine)).toFixed(4),
    ...(metric === null ? [] : [rate(artefact.metricFloat), rate(artefact.metricInt8)]),
    artefact.command,
  ]);
  const notes = [
    `Calibrated on ${windows.calibration} windows of ${windows.source}.`,
    'Agreement: windows that are decided as by the float model (without a decision, the mean cosine).',
    ...(metric === null ? [] : [`Metric: ${metric}.`]),
    ...(islands.length > 0 ? [`Float32 for the sake of the budget: ${islands.join(', ')}.`] : []),
    ...(worst.length > 0
      ? [`Worst layers: ${worst.map(({ value, sqnr }) => `${value} ${sqnr.toFixed(1)} dB`).join(', ')}; see ${page}.`]
      : []),
  ];
  return `${renderTable(columns, rows)}\n\n${notes.join('\n')}`;
}
