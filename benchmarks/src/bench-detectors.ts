/**
 * `npm run bench:detectors`: R-peak detectors side by side, clean, in noise and in sport. `--data DIR` or EDGEBEAT_DATA
 * names the folder with mitdb/, nstdb/ and kalouskova/; `--quick` takes a few records; `--json` ends with one line of JSON.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { listRecords } from '@edgebeat/ecg';
import { BenchError } from './bench-error.js';
import { conditions, publishedNoisyRecord, quickConditions, quickRecords } from './detector-bench/conditions.js';
import { runAll } from './detector-bench/pool.js';
import { dataSet, ds1 } from './detector-bench/recordings.js';
import { renderReport } from './detector-bench/report.js';
import { rejectionRows, scoreRows, sportRows } from './detector-bench/rows.js';
import type { Task } from './detector-bench/worker.js';
import { runBench } from './run-bench.js';

interface Arguments {
  readonly json: boolean;
  readonly quick: boolean;
  readonly jobs: number;
  readonly root: string;
}

function readArguments(): Arguments {
  const options = {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
    data: { type: 'string', default: process.env.EDGEBEAT_DATA ?? '' },
  } as const;
  const { json, quick, jobs, data } = parse(options);
  const threads = Number(jobs);
  if (!Number.isInteger(threads) || threads < 1)
    throw new BenchError(`--jobs ${jobs} is no number of threads`, 'as in --jobs 2');
  if (data === '') throw new BenchError('no recordings', 'name their folder with --data DIR or EDGEBEAT_DATA');
  return { json, quick, jobs: threads, root: data };
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(options: T) {
  try {
    return parseArgs({ options: options as T }).values;
  } catch (thrown) {
    throw new BenchError(
      (thrown as Error).message.split('. ')[0]!,
      'there are --json, --quick, --jobs N and --data DIR',
    );
  }
}

async function listTasks({ root, quick }: Arguments): Promise<Task[]> {
  const records = quick ? quickRecords : ds1;
  const chosen = quick ? quickConditions : conditions;
  const score = (record: string, folder: string): Task => {
    const taking = chosen.filter((condition) =>
      condition.records ? condition.records.includes(record) : record !== publishedNoisyRecord,
    );
    return { kind: 'score', path: join(dataSet(root, folder), record), root, conditions: taking };
  };
  const scored = [...records.map((record) => score(record, 'mitdb')), score(publishedNoisyRecord, 'nstdb')];
  const sport = await listRecords(join(dataSet(root, 'kalouskova'), ...(quick ? ['01'] : [])));
  return [...scored, ...sport.map((path): Task => ({ kind: 'sport', path }))];
}

async function main(): Promise<void> {
  const options = readArguments();
  const tasks = await listTasks(options);
  const started = performance.now();
  const visible = process.stderr.isTTY && !options.json;
  const results = await runAll(tasks, options.jobs, (done) => {
    if (visible) process.stderr.write(`\r${done}/${tasks.length} recordings${done === tasks.length ? '\n' : ''}`);
  });
  const scored = results.flatMap((result) => ('scored' in result ? [result.scored] : []));
  const rows = [
    ...scoreRows(
      options.quick ? quickConditions : conditions,
      scored.flatMap(({ scores }) => scores),
    ),
    ...rejectionRows(scored.flatMap(({ rejectable }) => rejectable)),
    ...sportRows(results.flatMap((result) => ('sport' in result ? result.sport : []))),
  ];
  const seconds = (performance.now() - started) / 1000;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ schema: 'edgebeat.bench.detectors/1', quick: options.quick, seconds, rows })}\n`,
    );
    return;
  }
  const subset = options.quick ? ' A quick run: few records, not comparable with the full figures.' : '';
  process.stdout.write(
    `${renderReport(rows)}\n\nBeat by beat from 300 s on, gross over the records, 150 ms unless stated, ventricular flutter left out (EC57).\n` +
      `* needs the whole record at once. Noise by the schedule of the WFDB noise stress test; its power is that of the whole noise unless stated.${subset} ${seconds.toFixed(0)} s.\n`,
  );
}

await runBench(main);
