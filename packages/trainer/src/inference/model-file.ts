/** Reads a model's file, ONNX or WebAssembly, and the part of its `edgebeat.*` metadata that evaluation cannot do without. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import {
  decodeModel,
  isWasm,
  type ModelMetadata,
  type ModelWindow,
  readMetadata,
  readWasmModel,
  type ValueInfo,
  type WasmTensor,
} from '@edgebeat/graph';
import { InferenceError } from './inference-error.js';

export type WindowKind = ModelWindow['kind'];

/** Metadata that say how the model's input is made, and the rest. */
export interface WindowedModelMetadata<K extends WindowKind> extends ModelMetadata {
  readonly rate: number;
  readonly window: Extract<ModelWindow, { kind: K }>;
  readonly normalize: NonNullable<ModelMetadata['normalize']>;
}

export interface ModelFile<K extends WindowKind> {
  /** `edgebeat.name` of its metadata, otherwise the file's name. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly metadata: WindowedModelMetadata<K>;
  /** As the graph declares them. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}

/**
 * @param source path of an `.onnx` or `.wasm` file, or its bytes.
 * @param kind of windows that the model must take.
 * @throws GraphError for a file that is no ONNX model; InferenceError for one of other windows, or that does not tell.
 */
export async function readModelFile<K extends WindowKind>(source: string | Uint8Array, kind: K): Promise<ModelFile<K>> {
  const bytes = typeof source === 'string' ? await readBytes(source) : source;
  const { inputs, outputs, entries } = isWasm(bytes) ? wasmParts(bytes) : onnxParts(bytes);
  const metadata = readMetadata(entries);
  const name = metadata.name ?? (typeof source === 'string' ? basename(source, extname(source)) : 'model');
  const windowed = windowedMetadata(name, metadata);
  const { window } = windowed;
  if (!isOfKind(window, kind)) {
    throw new InferenceError(
      `${name} wants ${window.kind} windows, not ${kind} windows`,
      `Choose a protocol for models of ${window.kind} windows.`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, bytes, sha256, metadata: { ...windowed, window }, inputs, outputs };
}

function onnxParts(bytes: Uint8Array) {
  const { graph, metadata } = decodeModel(bytes);
  return { inputs: graph.inputs, outputs: graph.outputs, entries: metadata };
}

function wasmParts(bytes: Uint8Array) {
  const { inputs, outputs, metadata } = readWasmModel(bytes);
  // Whoever runs it gives and gets real numbers.
  const valueInfo = ({ name, shape }: WasmTensor): ValueInfo => ({ name, dtype: 'float32', shape });
  return { inputs: inputs.map(valueInfo), outputs: outputs.map(valueInfo), entries: metadata };
}

/** @throws InferenceError for metadata that do not say how the model's input is made. */
export function windowedMetadata(name: string, metadata: ModelMetadata): WindowedModelMetadata<WindowKind> {
  const { rate, window, normalize } = metadata;
  if (rate !== undefined && window !== undefined && normalize !== undefined) {
    return { ...metadata, rate, window, normalize };
  }
  const missing = Object.entries({ rate, window, normalize }).filter(([, value]) => value === undefined);
  throw new InferenceError(
    `${name} does not say how its input is made: ${missing.map(([key]) => `edgebeat.${key}`).join(', ')} missing in its metadata`,
    'Write the metadata into the file (writeMetadata of @edgebeat/graph).',
  );
}

function isOfKind<K extends WindowKind>(window: ModelWindow, kind: K): window is Extract<ModelWindow, { kind: K }> {
  return window.kind === kind;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new InferenceError(`${path} cannot be read: ${(error as Error).message}`, 'Give the path of an .onnx file.');
  }
}
