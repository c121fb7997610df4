/**
 * `npm run verify:bits -- --windows 1000 --peaks`: networks and the signal path in C, on this computer, as WebAssembly and on emulated
 * boards, compared to the bit with the integer interpreter and with packages/ecg. The last line is one object, `edgebeat.bench.bits/1`;
 * the exit status is 1 where anything differs, or takes other memory than predicted.
 *
 * - `--windows N`: so many windows of real recordings through each network; `--models NAME,NAME` of all that come with edgebeat;
 *   `--artefacts DIR` takes what `edgebeat export --to onnx-int8` wrote, otherwise models are quantized here
 * - `--peaks`: `--hours N` of recordings through the signal path
 * - `--data DIR` or EDGEBEAT_DATA: the recordings; `--targets NAME,NAME`: all that this computer can by default; `--json`: nothing but that line
 */
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.js';
import { networkTargets } from './firmware/network-targets.js';
import { networkNames, recordedNetwork } from './firmware/recorded-network.js';
import { missingPrograms, targetNames } from './firmware/targets.js';
import { isAsPredicted, type MemoryRow, type NetworkRows, verifyNetwork } from './firmware/verify-network.js';
import { type PeaksReport, verifyPeaks } from './firmware/verify-peaks.js';
import { runBench } from './run-bench.js';

const OPTIONS = {
  peaks: { type: 'boolean', default: false },
  hours: { type: 'string', default: '1' },
  windows: { type: 'string' },
  models: { type: 'string', default: networkNames.join(',') },
  artefacts: { type: 'string' },
  data: { type: 'string', default: process.env.EDGEBEAT_DATA ?? '' },
  targets: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

interface Arguments {
  readonly data: string;
  /** Hours of the signal path; undefined for none. */
  readonly hours: number | undefined;
  /** Of each network; undefined for none. */
  readonly windows: number | undefined;
  readonly models: readonly string[];
  readonly artefacts: string | undefined;
  readonly targets: readonly string[];
}

const ALL_TARGETS: readonly string[] = [...new Set([...targetNames, ...networkTargets.map(({ name }) => name)])];

function readArguments(): Arguments {
  const { peaks, hours, windows, models, artefacts, data, targets } = parse();
  if (!(Number(hours) > 0)) throw new BenchError(`--hours ${hours} is no time`, 'as in --hours 5');
  if (windows !== undefined && !(Number.isInteger(Number(windows)) && Number(windows) > 0))
    throw new BenchError(`--windows ${windows} is no number of windows`, 'as in --windows 1000');
  if (data === '') throw new BenchError('no recordings', 'name their folder with --data DIR or EDGEBEAT_DATA');
  const chosen = targets?.split(',') ?? possibleTargets();
  const unknown = chosen.find((name) => !ALL_TARGETS.includes(name));
  if (unknown !== undefined)
    throw new BenchError(`there is no target ${unknown}`, `there are ${ALL_TARGETS.join(', ')}`);
  return {
    data,
    hours: peaks || windows === undefined ? Number(hours) : undefined,
    windows: windows === undefined ? undefined : Number(windows),
    models: models.split(','),
    artefacts,
    targets: chosen,
  };
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (thrown) {
    const hint = `there are ${Object.keys(OPTIONS)
      .map((name) => `--${name}`)
      .join(', ')}`;
    throw new BenchError((thrown as Error).message.split('. ')[0]!, hint);
  }
}

/** All targets that can run here; says which cannot. */
function possibleTargets(): string[] {
  return ALL_TARGETS.filter((target) => {
    const missing = missingPrograms(target);
    if (missing.length > 0) say(`${target} is left out: ${missing.join(' and ')} missing`);
    return missing.length === 0;
  });
}

/** With --json for people, beside the result. */
function say(text: string): void {
  (process.argv.includes('--json') ? process.stderr : process.stdout).write(`${text}\n`);
}

async function verifyNetworks(windows: number, { models, targets, artefacts, data }: Arguments): Promise<NetworkRows> {
  const chosen = networkTargets.filter(({ name }) => targets.includes(name));
  const rows: NetworkRows[] = [];
  for (const model of models) {
    const network = await recordedNetwork(model, {
      dataDir: data,
      windows,
      ...(artefacts !== undefined && { artefacts }),
    });
    const begin = performance.now();
    const found = await verifyNetwork(network, chosen, (done, mismatches) =>
      process.stderr.write(`${model}: ${done} of ${windows} windows, ${mismatches} answers differ\n`),
    );
    const seconds = ((performance.now() - begin) / 1000).toFixed(0);
    for (const { target, mismatches } of found.targets)
      say(`${model}, ${target}: ${mismatches} of ${windows} windows differ`);
    for (const row of found.memory) say(memoryLine(row));
    say(`${model}: ${seconds} s`);
    rows.push(found);
  }
  return { targets: rows.flatMap((one) => one.targets), memory: rows.flatMap((one) => one.memory) };
}

function memoryLine(row: MemoryRow): string {
  const { model, target, arena, weights, code, stack } = row;
  return (
    `${model}, ${target}: predicted and linked arena ${arena.predicted}, ${arena.linked}; weights ${weights.predicted}, ${weights.linked}; ` +
    `code ${code.predicted}, ${code.linked}; stack ${stack.predicted}, painted ${stack.painted}${isAsPredicted(row) ? '' : ': NOT AS PREDICTED'}`
  );
}

async function verifySignalPath(hours: number, { data, targets }: Arguments): Promise<PeaksReport> {
  const report = await verifyPeaks(
    data,
    hours,
    targets.filter((target) => targetNames.includes(target)),
    say,
  );
  for (const { target, beats, mismatches, results, resultMismatches } of report.peaks)
    say(`${target}: ${mismatches} of ${beats} beats differ, ${resultMismatches} of ${results} results`);
  return report;
}

async function main(): Promise<void> {
  const given = readArguments();
  const { hours, windows } = given;
  const networks = windows === undefined ? undefined : await verifyNetworks(windows, given);
  const signalPath = hours === undefined ? undefined : await verifySignalPath(hours, given);
  process.stdout.write(`${JSON.stringify({ schema: 'edgebeat.bench.bits/1', ...networks, ...signalPath })}\n`);
  const isEqual =
    (networks?.targets ?? []).every(({ mismatches }) => mismatches === 0) &&
    (networks?.memory ?? []).every(isAsPredicted) &&
    (signalPath?.peaks ?? []).every(({ resultMismatches }) => resultMismatches === 0);
  if (!isEqual) process.exitCode = 1;
}

await runBench(main);
