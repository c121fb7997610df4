/**
 * `npm run verify:bits -- --peaks --hours 5`: hours of recorded ECG through the firmware's C core and through packages/ecg,
 * compared to the bit. `--data DIR` or EDGEBEAT_DATA names the recordings. The last line is one object, `edgebeat.bench.bits/1`;
 * the exit status is 1 where anything differs.
 */
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.js';
import { compareResults } from './firmware/compare-results.js';
import { CoreProgram } from './firmware/core-program.js';
import { recordedStreams } from './firmware/recorded-streams.js';
import { referenceResults } from './firmware/results.js';
import { runBench } from './run-bench.js';

interface Arguments {
  readonly root: string;
  readonly hours: number;
}

function readArguments(): Arguments {
  const options = {
    peaks: { type: 'boolean', default: true },
    hours: { type: 'string', default: '1' },
    data: { type: 'string', default: process.env.EDGEBEAT_DATA ?? '' },
  } as const;
  const { hours, data } = parse(options);
  if (!(Number(hours) > 0)) throw new BenchError(`--hours ${hours} is no time`, 'as in --hours 5');
  if (data === '') throw new BenchError('no recordings', 'name their folder with --data DIR or EDGEBEAT_DATA');
  return { root: data, hours: Number(hours) };
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(options: T) {
  try {
    return parseArgs({ options: options as T }).values;
  } catch (thrown) {
    throw new BenchError((thrown as Error).message.split('. ')[0]!, 'there are --peaks, --hours N and --data DIR');
  }
}

async function main(): Promise<void> {
  const { root, hours } = readArguments();
  const core = new CoreProgram();
  const total = { beats: 0, mismatches: 0, results: 0, resultMismatches: 0 };
  const secondsOf = new Map<string, number>();
  let recordings = 0;
  try {
    for await (const { path, dataSet, seconds, stream } of recordedStreams(root, hours)) {
      const [results] = core.run([stream]);
      const comparison = compareResults(referenceResults(stream), results ?? []);
      if (comparison.firstDifference) process.stdout.write(`${path}: ${comparison.firstDifference}\n`);
      total.beats += comparison.beats;
      total.mismatches += comparison.beatMismatches;
      total.results += comparison.results;
      total.resultMismatches += comparison.mismatches;
      secondsOf.set(dataSet, (secondsOf.get(dataSet) ?? 0) + seconds);
      recordings++;
    }
  } finally {
    core.remove();
  }
  const hoursOf = (seconds: number) => Number((seconds / 3600).toFixed(3));
  const dataSets = Object.fromEntries([...secondsOf].map(([name, seconds]) => [name, hoursOf(seconds)]));
  const covered = hoursOf([...secondsOf.values()].reduce((sum, seconds) => sum + seconds, 0));
  process.stdout.write(
    `${recordings} recordings, ${covered} hours: ${total.resultMismatches} of ${total.results} results differ\n` +
      `${JSON.stringify({ schema: 'edgebeat.bench.bits/1', recordings, hours: covered, dataSets, peaks: [{ target: 'native', ...total }] })}\n`,
  );
  if (total.resultMismatches > 0) process.exitCode = 1;
}

await runBench(main);
