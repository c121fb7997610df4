/** The model files that come with this package. Node only: they are read from disk. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GraphError } from '@edgebeat/graph';

// `weights/` stands beside `src/` and `dist/` alike.
const folder = fileURLToPath(new URL('../weights/', import.meta.url));

/**
 * A model as it was trained, its int8 graph (QuantizeLinear and DequantizeLinear), or that as WebAssembly: folder and ending. What
 * is int8 `npm run weights:int8` makes of the trained ones.
 */
const forms = {
  onnx: ['', '.onnx'],
  int8: ['int8', '.int8.onnx'],
  wasm: ['int8', '.wasm'],
} as const;

export type WeightsForm = keyof typeof forms;

/** Names of the models whose files come with this package in a form: `baseline-cosine`, … */
export function weightsNames(form: WeightsForm = 'onnx'): string[] {
  const [place, ending] = forms[form];
  return readdirSync(join(folder, place))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .sort();
}

/**
 * Path of the file of a model.
 *
 * @throws GraphError for a name that is not among `weightsNames(form)`
 */
export function weightsPath(name: string, form: WeightsForm = 'onnx'): string {
  const [place, ending] = forms[form];
  const path = join(folder, place, `${name}${ending}`);
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name) || !existsSync(path)) {
    const problem = `does not come with edgebeat${form === 'onnx' ? '' : ` as ${form}`}`;
    throw new GraphError(`model "${name}"`, problem, `there are ${weightsNames(form).join(', ')}`);
  }
  return path;
}

/**
 * The bytes of the file of a model.
 *
 * @throws GraphError for a name that is not among `weightsNames(form)`
 */
export async function loadWeights(name: string, form: WeightsForm = 'onnx'): Promise<Uint8Array> {
  return new Uint8Array(await readFile(weightsPath(name, form)));
}
