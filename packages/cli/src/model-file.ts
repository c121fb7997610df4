/** Models that `edgebeat export` and `edgebeat inspect` are given: a file, or the name of a model that comes with edgebeat. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { importModel, type Model, type ModelMetadata, readMetadata } from '@edgebeat/graph';
import { weightsNames, weightsPath } from '@edgebeat/models';
import { UsageError } from './errors.js';
import { closest } from './suggestion.js';

export interface ModelFile {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly path: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Of opset 21. */
  readonly model: Model;
  readonly metadata: ModelMetadata;
}

/** @throws UsageError for what is neither a file nor a name; GraphError for a file that is no ONNX model that edgebeat knows. */
export async function readModelFile(operand: string): Promise<ModelFile> {
  if (/\.tflite$/i.test(operand)) {
    throw new UsageError(
      `${operand} is a TensorFlow Lite file`,
      'give the ONNX model: of an exported one, the int8 graph stands beside it (--to onnx-int8,tflite)',
    );
  }
  if (/\.wasm$/i.test(operand)) {
    throw new UsageError(
      `${operand} is WebAssembly, whose layers nobody sees any more`,
      'give the ONNX model: of an exported one, the int8 graph stands beside it (--to onnx-int8,wasm)',
    );
  }
  const path = existsSync(operand) ? operand : pathOfName(operand);
  const bytes = new Uint8Array(await readFile(path));
  const model = importModel(bytes);
  return { name: basename(path, '.onnx'), path, bytes: bytes.length, model, metadata: readMetadata(model.metadata) };
}

function pathOfName(operand: string): string {
  const names = weightsNames();
  if (names.includes(operand)) return weightsPath(operand);
  // A path, and none of the names.
  if (/[/\\]|\.onnx$/.test(operand)) throw new UsageError(`no such file: ${operand}`, 'check the path');
  const nearest = closest(operand, names);
  throw new UsageError(
    `no model "${operand}": there is no such file, and none of that name comes with edgebeat`,
    nearest === undefined ? `name a file, or one of ${names.join(', ')}` : `did you mean ${nearest}?`,
  );
}
