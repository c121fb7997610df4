/** Models as engines take them, from what the command line names. */
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { prepareModel } from '@edgebeat/exporter';
import { importModel } from '@edgebeat/graph';
import { weightsPath } from '@edgebeat/models';
import { type EngineName, type ModelBytes, readTfjsModel, type TfjsModel } from '@edgebeat/runtime';
import { tfjsModelOf } from '../tfjs-model.js';

/**
 * Reads a model. One of ONNX that TensorFlow.js shall run is converted on the way; of a model that comes with edgebeat the engine
 * `wasm` has a file of its own.
 *
 * @param model an ONNX or WebAssembly file, the folder of a TensorFlow.js model or its `model.json`, or the name of a model that
 * comes with edgebeat
 * @throws GraphError for a name or file that is no model; ExportError for one that TensorFlow.js cannot run; RuntimeError for a
 * folder without a TensorFlow.js model; the file system's errors
 */
export async function openModel(model: string, engine: EngineName): Promise<ModelBytes> {
  const path = existsSync(model) ? model : weightsPath(model, engine === 'wasm' ? 'wasm' : 'onnx');
  const folder = (await stat(path)).isDirectory() ? path : basename(path) === 'model.json' ? dirname(path) : undefined;
  if (folder !== undefined) return readTfjsModel((file) => readFile(join(folder, file)));
  const bytes = await readFile(path);
  return engine === 'tfjs' ? converted(bytes) : bytes;
}

/** What `edgebeat export --to tfjs` writes. */
async function converted(bytes: Uint8Array): Promise<TfjsModel> {
  return tfjsModelOf((await prepareModel(importModel(bytes))).model);
}
