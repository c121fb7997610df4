/** `edgebeat segment`: R peaks of recordings, and how good they are where there is a reference. */
import { existsSync } from 'node:fs';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { encodeWfdbAnnotations, listRecords } from '@edgebeat/ecg';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { untilAborted } from '../interruption.js';
import { nonNegativeNumber, positiveInteger } from '../option-values.js';
import { segmentAll } from '../segment/pool.js';
import { buildReport, renderReport } from '../segment/report.js';
import type { SegmentedRecord } from '../segment/segment-record.js';
import type { Shell } from '../shell.js';
import { startProgress } from '../terminal/progress.js';

interface SegmentOptions {
  reference?: string;
  score?: true;
  from: number;
  channel?: string;
  jobs: number;
  out?: string;
  plot?: string;
  plotFrom?: number;
}

export function registerSegment(program: Command, shell: Shell): void {
  program
    .command('segment')
    .summary('R peaks of recordings, scored where there is a reference')
    .description(
      'Runs recordings through the streaming signal path and gives their R peaks. With --reference they are compared with\n' +
        'the annotations beat by beat as ANSI/AAMI EC57 has it: 150 ms match window, ventricular flutter left out. A record\n' +
        'that cannot be read does not keep the others from it; the exit status is 1 then.',
    )
    .argument('<record...>', 'recordings, or folders of them')
    .option('--reference <annotator>', 'score against this annotation file of each record: atr')
    .option('--score', 'print the score as a Markdown table')
    .option(
      '--from <seconds>',
      'leave the beats before this time out of the score: 300 as EC57 has it',
      nonNegativeNumber,
      0,
    )
    .option('--channel <name>', 'name or number (from 0) of the channel; the first ECG by default')
    .option('--jobs <n>', 'records at a time', positiveInteger, availableParallelism())
    .option('--out <folder>', 'write the R peaks of each record to FOLDER/RECORD.csv and RECORD.qrs (WFDB annotations)')
    .option(
      '--plot <file>',
      'draw the recording as SVG: signal, peaks, reference, misses, quality; the rows with most errors',
    )
    .option('--plot-from <seconds>', 'draw from this time on instead', nonNegativeNumber)
    .action(
      shell.action<SegmentOptions, [string[]]>(async ({ output, signal }, options, operands) => {
        // `10*` names the header, signal and annotation files of one and the same WFDB record.
        const expanded = (await untilAborted(Promise.all(operands.map(expand)), signal)).flat();
        const paths = [...new Set(expanded.map((path) => path.replace(/\.(hea|dat|atr)$/, '')))];
        const { reference, score, from, channel, jobs, out, plot, plotFrom } = options;
        if (score && reference === undefined)
          throw new UsageError('nothing to score against', 'name the annotations with --reference: atr');
        if (plot !== undefined && paths.length > 1)
          throw new UsageError(`--plot draws one recording, not ${paths.length}`, 'name a single one');
        const picture = plot === undefined ? undefined : { start: plotFrom };
        const tasks = paths.map((path) => ({ path, from, reference, channel, plot: picture }));
        const progress = startProgress(output, 'segment', tasks.length);
        const pool = { threads: jobs, onDone: progress.update, signal };
        const { records, failed } = await segmentAll(tasks, pool).finally(progress.stop);
        if (tasks.length === 1 && failed.length === 1) throw new UsageError(failed[0]!.error, failed[0]!.hint);
        for (const { error, hint } of failed) output.note(`error: ${error}\nhint: ${hint}`);
        if (plot !== undefined) await writeFile(plot, records[0]!.plot!);
        if (out !== undefined) await writePeaks(records, out);
        const report = buildReport(records, failed, reference, from);
        output.finish(report, () => renderReport(report, score === true));
        return failed.length === 0 ? 0 : 1;
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
