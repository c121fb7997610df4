/** What `edgebeat segment` tells of records: beats, and their score where there is a reference. */
import { addCounts, scoreDetections } from '@edgebeat/ecg';
import { count, factor, noFigure, percent } from '../terminal/numbers.js';
import { renderMarkdownTable, renderTable } from '../terminal/table.js';
import type { FailedRecord } from './pool.js';
import type { SegmentedRecord } from './segment-record.js';

/** @param failed records that could not be read: they count nowhere. */
export function buildReport(
  records: readonly SegmentedRecord[],
  failed: readonly FailedRecord[],
  reference: string | undefined,
  from: number,
) {
  const rows = records.map(({ counts, elapsedMs, rSamples: _, plot: __, ...record }) => {
    const xRealTime = (1000 * record.seconds) / elapsedMs;
    return { ...record, beats: record.rPeaks.length, xRealTime, ...(counts && scoreDetections(counts)) };
  });
  const seconds = records.reduce((sum, record) => sum + record.seconds, 0);
  const elapsedMs = records.reduce((sum, record) => sum + record.elapsedMs, 0);
  const counts = records.flatMap((record) => (record.counts ? [record.counts] : []));
  const gross = {
    beats: rows.reduce((sum, { beats }) => sum + beats, 0),
    seconds,
    xRealTime: (1000 * seconds) / elapsedMs,
    ...(counts.length > 0 && scoreDetections(addCounts(counts))),
  };
  return { schema: 'edgebeat.segment/1', reference: reference ?? null, from, gross, records: rows, failed } as const;
}

type Report = ReturnType<typeof buildReport>;
type Row = Report['gross'] | Report['records'][number];

const scored = [
  ['TP', (row: Row) => ('tp' in row ? count(row.tp!) : noFigure)],
  ['FP', (row: Row) => ('fp' in row ? count(row.fp!) : noFigure)],
  ['FN', (row: Row) => ('fn' in row ? count(row.fn!) : noFigure)],
  ['Se', (row: Row) => ('se' in row ? percent(row.se!) : noFigure)],
  ['PPV', (row: Row) => ('ppv' in row ? percent(row.ppv!) : noFigure)],
  ['F1', (row: Row) => ('f1' in row ? percent(row.f1!) : noFigure)],
  ['F1 50 ms', (row: Row) => ('f1_50ms' in row ? percent(row.f1_50ms!) : noFigure)],
  ['F1 20 ms', (row: Row) => ('f1_20ms' in row ? percent(row.f1_20ms!) : noFigure)],
  ['jitter ms', (row: Row) => ('jitterMs' in row ? row.jitterMs!.toFixed(1) : noFigure)],
  ['delay p50/p99 ms', (row: Row) => ('delayMs' in row ? delay(row.delayMs!) : noFigure)],
] as const;

const delay = ({ p50, p99 }: { p50: number; p99: number }) => `${p50.toFixed(0)} / ${p99.toFixed(0)}`;

/** @param markdown a table for a report instead of one for a terminal. */
export function renderReport(report: Report, markdown: boolean): string {
  const { reference, from } = report;
  const figures = reference === null ? [] : scored;
  const columns = [
    { title: 'record' },
    { title: 'beats', align: 'right' },
    { title: 'bpm', align: 'right' },
    ...figures.map(([title]) => ({ title, align: 'right' }) as const),
    { title: '× real time', align: 'right' },
  ] as const;
  const line = (name: string, row: Row) => [
    name,
    count(row.beats),
    row.seconds === 0 ? noFigure : ((60 * row.beats) / row.seconds).toFixed(1),
    ...figures.map(([, print]) => print(row)),
    factor(row.xRealTime),
  ];
  const rows = report.records.map((record) => line(record.record, record));
  const render = markdown ? renderMarkdownTable : renderTable;
  const table = render(columns, [...rows, line('gross', report.gross)]);
  if (reference === null) return table;
  return `${table}\n\nBeat by beat against '${reference}' from ${from} s on, 150 ms unless stated, ventricular flutter left out (EC57).`;
}
