/**
 * `npm run verify:int8 -- --artefacts FOLDER --data FOLDER [FILE…]`: what int8 costs, on whole test splits, in onnxruntime and in the
 * TFLite interpreter, and how near the latter is to the integer interpreter. The artefacts are those that `edgebeat export` wrote.
 * `--windows N` (default 100) go through the integer interpreter; `--json` ends with one line of JSON.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { weightsPath } from '@edgebeat/models';
import { usualProtocols } from '@edgebeat/trainer';
import { BenchError } from './bench-error.js';
import { renderReport } from './int8-check/report.js';
import { type CheckedModel, checkModel } from './int8-check/rows.js';
import { runBench } from './run-bench.js';

const NETWORKS = ['dt4ecg', 'resnet34', 'deit-tiny', 'deit-micro'];

/** By the windows that the model's metadata tell. */
async function protocolFor(file: string): Promise<string> {
  const { window } = readMetadata(decodeModel(await readFile(file)).metadata);
  if (window) return usualProtocols[window.kind];
  throw new BenchError(
    `${file} does not say what windows it takes (edgebeat.window)`,
    'name a protocol: --protocol NAME',
  );
}

function readArguments() {
  const options = {
    json: { type: 'boolean', default: false },
    artefacts: { type: 'string' },
    data: { type: 'string', default: process.env.EDGEBEAT_DATA ?? '' },
    windows: { type: 'string', default: '100' },
    protocol: { type: 'string' },
  } as const;
  const { values, positionals } = parse(options);
  const windows = Number(values.windows);
  if (!Number.isInteger(windows) || windows < 1)
    throw new BenchError(`--windows ${values.windows} is no number of windows`, 'as in --windows 1000');
  if (values.artefacts === undefined)
    throw new BenchError(
      '--artefacts is missing',
      'give the folder that "edgebeat export MODEL --to onnx-int8,tflite --out FOLDER" wrote',
    );
  if (values.data === '')
    throw new BenchError('--data is missing', 'give the folder that holds the recordings, or set EDGEBEAT_DATA');
  const files =
    positionals.length > 0 ? positionals : NETWORKS.map((name) => weightsPath(name)).filter((file) => existsSync(file));
  return { ...values, artefacts: values.artefacts, windows, files };
}

function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(options: T) {
  try {
    return parseArgs({ options: options as T, allowPositionals: true });
  } catch (thrown) {
    throw new BenchError(
      (thrown as Error).message.split('. ')[0]!,
      'there are --artefacts, --data, --windows, --protocol and --json',
    );
  }
}

async function main(): Promise<void> {
  const { json, artefacts, data, windows, protocol, files } = readArguments();
  const absent = files.find((file) => !existsSync(file));
  if (absent !== undefined) throw new BenchError(`no such file: ${absent}`, 'name float ONNX files');
  const models: CheckedModel[] = [];
  for (const [index, file] of files.entries()) {
    if (process.stderr.isTTY && !json) process.stderr.write(`\r\x1b[K${index + 1}/${files.length} ${basename(file)}`);
    models.push(
      await checkModel(file, { dataDir: data, artefacts, protocol: protocol ?? (await protocolFor(file)), windows }),
    );
  }
  if (process.stderr.isTTY && !json) process.stderr.write('\r\x1b[K');
  if (json) {
    const rows = models.flatMap((model) => model.rows);
    const codes = models.flatMap((model) => model.codes);
    process.stdout.write(`${JSON.stringify({ schema: 'edgebeat.verify.int8/1', rows, codes })}\n`);
    return;
  }
  process.stdout.write(`${renderReport(models)}\n`);
}

await runBench(main);
