/**
 * `npm run bench:training`: how long one training step takes, forward, backward, clipping and AdamW as one graph on
 * onnxruntime. `--threads N` (default 2); `--quick` takes a few steps of each network; `--json` ends with one line of JSON.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import * as ort from 'onnxruntime-node';
import { BenchError } from './bench-error.js';
import { runBench } from './run-bench.js';
import { trainingCases } from './training-bench/cases.js';
import { MatMulReference } from './training-bench/mat-mul-reference.js';
import { renderReport } from './training-bench/report.js';
import { measureRow, type Row } from './training-bench/rows.js';

const STEPS = 12;
const QUICK_STEPS = 3;
const QUICK_BATCH = 64;

function readArguments() {
  const options = {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    threads: { type: 'string', default: '2' },
  } as const;
  const { json, quick, threads } = parse(options);
  const count = Number(threads);
  if (!Number.isInteger(count) || count < 1) {
    throw new BenchError(`--threads ${threads} is no number of threads`, 'as in --threads 2');
  }
  return { json, quick, threads: count };
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(options: T) {
  try {
    return parseArgs({ options: options as T }).values;
  } catch (thrown) {
    throw new BenchError((thrown as Error).message.split('. ')[0]!, 'there are --json, --quick and --threads N');
  }
}

async function main(): Promise<void> {
  const { json, quick, threads } = readArguments();
  const chosen = quick
    ? trainingCases.filter(({ variant, batch }) => !variant.includes('stride') && batch === QUICK_BATCH)
    : trainingCases;
  const reference = await MatMulReference.create(threads);
  const started = performance.now();
  const rows: Row[] = [];
  for (const [index, one] of chosen.entries()) {
    if (process.stderr.isTTY && !json) {
      process.stderr.write(`\r\x1b[K${index + 1}/${chosen.length} ${one.model} ${one.variant}`);
    }
    rows.push(await measureRow(one, reference, { steps: quick ? QUICK_STEPS : STEPS, threads }));
  }
  if (process.stderr.isTTY && !json) process.stderr.write('\r\x1b[K');
  await reference.release();
  const seconds = (performance.now() - started) / 1000;
  const machine = {
    processor: cpus()[0]!.model,
    onnxruntime: ort.env.versions.node ?? ort.env.versions.common,
    threads,
  };
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ schema: 'edgebeat.bench.training/1', quick, seconds, ...machine, rows })}\n`,
    );
    return;
  }
  const subset = quick ? ` A quick run: ${QUICK_STEPS} steps each.` : '';
  process.stdout.write(
    `${renderReport(rows)}\n\n${machine.processor}, onnxruntime ${machine.onnxruntime}, ${threads} threads, measured.` +
      ` GFLOP: 2 per MAC forward, 4 backward. MatMul: 1024³ in between. ${seconds.toFixed(0)} s.${subset}\n`,
  );
}

await runBench(main);
