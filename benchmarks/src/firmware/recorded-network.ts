/** A network as int8 graph, and windows of real recordings as its codes. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CodeTensor,
  type IntegerGraph,
  prepareModel,
  quantize,
  quantizeModel,
  readIntegerGraph,
} from '@edgebeat/exporter';
import { importModel, type Model, type ModelMetadata, readMetadata } from '@edgebeat/graph';
import { weightsPath } from '@edgebeat/models';
import { trainingWindows } from '@edgebeat/trainer';
import { BenchError } from '../bench-error.js';

/** All that come with edgebeat and have something to compute. */
export const networkNames = [
  'baseline-cosine',
  'baseline-lda',
  'deit-micro',
  'dt4ecg',
  'deit-tiny',
  'resnet34',
] as const;

export interface RecordedNetwork {
  readonly name: string;
  readonly int8: Model;
  /** As which it is read. */
  readonly graph: IntegerGraph;
  readonly windows: readonly Int8Array[];
}

export interface RecordedNetworkOptions {
  /** Folder that holds the recordings. */
  readonly dataDir: string;
  readonly windows: number;
  /** Folder of `edgebeat export`, with NAME.int8.onnx; where it is not given the model is quantized as that command does. */
  readonly artefacts?: string;
}

/** Whose records serve a model that was trained on none. */
const OTHER_RECORDS = 'deit-micro';
const CALIBRATION = { windows: 256, seed: 1 };
/** Others than those of the calibration. */
const SEED = 2;

/** @throws BenchError where the artefact or windows are missing; GraphError for an unknown model; else what quantizing and cutting throw. */
export async function recordedNetwork(name: string, options: RecordedNetworkOptions): Promise<RecordedNetwork> {
  const model = importModel(await readFile(weightsPath(name)));
  const metadata = await windowedMetadata(name, model);
  const cut = (count: number, seed: number) =>
    trainingWindows(name, metadata, { dataDir: options.dataDir, count, seed });
  const int8 =
    options.artefacts === undefined
      ? await quantized(model, await cut(CALIBRATION.windows, CALIBRATION.seed))
      : await artefact(options.artefacts, name);
  const graph = readIntegerGraph(int8);
  const input = graph.tensors.get(graph.inputs[0]!) as CodeTensor;
  const windows = await cut(options.windows, SEED);
  if (windows.length < options.windows)
    throw new BenchError(
      `the recordings hold ${windows.length} windows for ${name}`,
      'ask for fewer, or unpack more recordings',
    );
  return { name, int8, graph, windows: windows.map((real) => quantize(real, input)) };
}

async function windowedMetadata(name: string, { metadata }: Model): Promise<ModelMetadata> {
  const own = readMetadata(metadata);
  if (own.training !== undefined && own.training.records.length > 0) return own;
  const other = readMetadata(importModel(await readFile(weightsPath(OTHER_RECORDS))).metadata);
  if (other.training === undefined) throw new BenchError(`${name} does not say what it was trained on`, '');
  return { ...own, training: other.training };
}

async function quantized(model: Model, windows: readonly Float32Array[]): Promise<Model> {
  const { model: float } = await prepareModel(model);
  return (await quantizeModel(float, windows, { method: { percentile: 0.9999 } })).model;
}

async function artefact(folder: string, name: string): Promise<Model> {
  const path = join(folder, `${name}.int8.onnx`);
  if (existsSync(path)) return importModel(await readFile(path));
  throw new BenchError(`no such file: ${path}`, `npx edgebeat export ${name} --to onnx-int8 --out ${folder}`);
}
