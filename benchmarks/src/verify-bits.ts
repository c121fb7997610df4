/**
 * `npm run verify:bits -- --peaks --hours 5`: hours of recorded ECG through the firmware's C core and through packages/ecg,
 * compared to the bit. `--data DIR` or EDGEBEAT_DATA names the recordings, `--targets native,mps2-an386` where the core runs
 * (all that this computer can). The last line is one object, `edgebeat.bench.bits/1`; the exit status is 1 where anything differs.
 */
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.js';
import { addStream, type BitTotals, noTotals } from './firmware/bit-totals.js';
import { type RecordedStream, recordedStreams } from './firmware/recorded-streams.js';
import { referenceResults } from './firmware/results.js';
import type { SignalPathProgram } from './firmware/signal-path-program.js';
import { compileFor, missingPrograms, targetNames } from './firmware/targets.js';
import { runBench } from './run-bench.js';

interface Arguments {
  readonly root: string;
  readonly hours: number;
  readonly targets: readonly string[];
}

/** A program is started for so many seconds of recordings at a time. */
const batchSeconds = 1800;

function readArguments(): Arguments {
  const options = {
    peaks: { type: 'boolean', default: true },
    hours: { type: 'string', default: '1' },
    data: { type: 'string', default: process.env.EDGEBEAT_DATA ?? '' },
    targets: { type: 'string' },
  } as const;
  const { hours, data, targets } = parse(options);
  if (!(Number(hours) > 0)) throw new BenchError(`--hours ${hours} is no time`, 'as in --hours 5');
  if (data === '') throw new BenchError('no recordings', 'name their folder with --data DIR or EDGEBEAT_DATA');
  return { root: data, hours: Number(hours), targets: targets?.split(',') ?? possibleTargets() };
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(options: T) {
  try {
    return parseArgs({ options: options as T }).values;
  } catch (thrown) {
    const hint = 'there are --peaks, --hours N, --targets NAME,NAME and --data DIR';
    throw new BenchError((thrown as Error).message.split('. ')[0]!, hint);
  }
}

/** All targets that can run here; says which cannot. */
function possibleTargets(): string[] {
  return targetNames.filter((target) => {
    const missing = missingPrograms(target);
    if (missing.length > 0) process.stdout.write(`${target} is left out: ${missing.join(' and ')} missing\n`);
    return missing.length === 0;
  });
}

async function* batches(root: string, hours: number): AsyncGenerator<RecordedStream[]> {
  let batch: RecordedStream[] = [];
  let seconds = 0;
  for await (const recorded of recordedStreams(root, hours)) {
    batch.push(recorded);
    seconds += recorded.seconds;
    if (seconds >= batchSeconds) {
      yield batch;
      batch = [];
      seconds = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

/** Runs a batch on every target. @returns the totals with it. */
function verifyBatch(
  batch: readonly RecordedStream[],
  programs: ReadonlyMap<string, SignalPathProgram>,
  before: readonly BitTotals[],
): BitTotals[] {
  const norms = batch.map(({ stream }) => referenceResults(stream));
  return before.map((total) => {
    const streams = programs.get(total.target)!.run(batch.map(({ stream }) => stream));
    return batch.reduce((sum, { path }, i) => {
      const { totals, difference } = addStream(sum, norms[i]!, streams[i] ?? []);
      if (difference) process.stdout.write(`${total.target}, ${path}: ${difference}\n`);
      return totals;
    }, total);
  });
}

const hoursOf = (seconds: number) => Number((seconds / 3600).toFixed(3));

async function main(): Promise<void> {
  const { root, hours, targets } = readArguments();
  const programs = new Map<string, SignalPathProgram>();
  const recorded: { dataSet: string; seconds: number }[] = [];
  let peaks = targets.map(noTotals);
  try {
    for (const target of targets) programs.set(target, compileFor(target));
    for await (const batch of batches(root, hours)) {
      peaks = verifyBatch(batch, programs, peaks);
      recorded.push(...batch.map(({ dataSet, seconds }) => ({ dataSet, seconds })));
    }
  } finally {
    for (const program of programs.values()) program.remove();
  }
  const secondsOf = (dataSet?: string) =>
    recorded.reduce((sum, one) => sum + (dataSet === undefined || one.dataSet === dataSet ? one.seconds : 0), 0);
  const report = {
    schema: 'edgebeat.bench.bits/1',
    recordings: recorded.length,
    hours: hoursOf(secondsOf()),
    dataSets: Object.fromEntries(recorded.map(({ dataSet }) => [dataSet, hoursOf(secondsOf(dataSet))])),
    peaks,
  };
  for (const { target, beats, mismatches, results, resultMismatches } of peaks)
    process.stdout.write(
      `${target}: ${mismatches} of ${beats} beats differ, ${resultMismatches} of ${results} results\n`,
    );
  process.stdout.write(`${JSON.stringify(report)}\n`);
  if (peaks.some(({ resultMismatches }) => resultMismatches > 0)) process.exitCode = 1;
}

await runBench(main);
