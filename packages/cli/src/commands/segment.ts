/** `edgebeat segment`: R peaks of recordings, and how good they are where there is a reference. */
import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { addCounts, encodeWfdbAnnotations, listRecords, scoreDetections } from '@edgebeat/ecg';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { nonNegativeNumber, positiveInteger } from '../option-values.js';
import { segmentAll } from '../segment/pool.js';
import type { SegmentedRecord } from '../segment/segment-record.js';
import type { Shell } from '../shell.js';
import { count, factor, noFigure, percent } from '../terminal/numbers.js';
import { startProgress } from '../terminal/progress.js';
import { renderTable } from '../terminal/table.js';

interface SegmentOptions {
  reference?: string;
  from: number;
  channel?: string;
  jobs: number;
  out?: string;
}

export function registerSegment(program: Command, shell: Shell): void {
  program
    .command('segment')
    .summary('R peaks of recordings, scored where there is a reference')
    .description(
      'Runs recordings through the streaming signal path and gives their R peaks. With --reference they are compared with\n' +
        'the annotations beat by beat as ANSI/AAMI EC57 has it: 150 ms match window, ventricular flutter left out.',
    )
    .argument('<record...>', 'recordings, or folders of them')
    .option('--reference <annotator>', 'score against this annotation file of each record: atr')
    .option(
      '--from <seconds>',
      'leave the beats before this time out of the score: 300 as EC57 has it',
      nonNegativeNumber,
      0,
    )
    .option('--channel <name>', 'name or number (from 0) of the channel; the first ECG by default')
    .option('--jobs <n>', 'records at a time', positiveInteger, availableParallelism())
    .option('--out <folder>', 'write the R peaks of each record to FOLDER/RECORD.csv and RECORD.qrs (WFDB annotations)')
    .action(
      shell.action<SegmentOptions, [string[]]>(async ({ output }, options, operands) => {
        const paths = (await Promise.all(operands.map(expand))).flat();
        const { reference, from, channel, jobs, out } = options;
        const tasks = paths.map((path) => ({ path, from, reference, channel }));
        const progress = startProgress(output, 'segment', tasks.length);
        const records = await segmentAll(tasks, jobs, progress.update).finally(progress.stop);
        if (out !== undefined) await writePeaks(records, out);
        const report = buildReport(records, options);
        output.finish(report, () => renderReport(report, options));
      }),
    );
}

async function expand(operand: string): Promise<string[]> {
  if (!existsSync(operand) || !(await stat(operand)).isDirectory()) return [operand];
  const records = await listRecords(operand);
  if (records.length === 0)
    throw new UsageError(
      `no recordings in ${operand}`,
      'name a folder with WFDB, EDF, CSV, Heartprint or Kalouskova files',
    );
  return records;
}

function buildReport(records: readonly SegmentedRecord[], { reference, from }: SegmentOptions) {
  const rows = records.map(({ counts, elapsedMs, rSamples: _, ...record }) => {
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
  return { schema: 'edgebeat.segment/1', reference: reference ?? null, from, gross, records: rows } as const;
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

function renderReport(report: Report, { reference, from }: SegmentOptions): string {
  const figures = reference === undefined ? [] : scored;
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
    ((60 * row.beats) / row.seconds).toFixed(1),
    ...figures.map(([, print]) => print(row)),
    factor(row.xRealTime),
  ];
  const rows = report.records.map((record) => line(record.record, record));
  const table = renderTable(columns, [...rows, line('gross', report.gross)]);
  if (reference === undefined) return table;
  return `${table}\n\nBeat by beat against '${reference}' from ${from} s on, 150 ms unless stated, ventricular flutter left out (EC57).`;
}

async function writePeaks(records: readonly SegmentedRecord[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { record, rPeaks, rSamples } of records) {
    const mark = { symbol: 'N', subtype: 0, channel: 0, number: 0, aux: '' };
    const file = join(folder, `${record}.qrs`);
    await writeFile(
      file,
      encodeWfdbAnnotations(
        rSamples.map((sample) => ({ sample, ...mark })),
        file,
      ),
    );
    const lines = rPeaks.map((time, i) => `${time.toFixed(3)},${rSamples[i]}`);
    await writeFile(join(folder, `${record}.csv`), `time [s],sample\n${lines.join('\n')}\n`);
  }
}
