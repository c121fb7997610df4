/** The model files that come with this package. Node only: they are read from disk. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GraphError } from '@edgebeat/graph';

// `weights/` stands beside `src/` and `dist/` alike.
const folder = fileURLToPath(new URL('../weights/', import.meta.url));

/** Names of the models whose files come with this package: `baseline-cosine`, … */
export function weightsNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.onnx'))
    .map((file) => file.slice(0, -'.onnx'.length))
    .sort();
}

/**
 * Path of the `.onnx` file of a model.
 *
 * @throws GraphError for a name that is not among `weightsNames()`
 */
export function weightsPath(name: string): string {
  const path = join(folder, `${name}.onnx`);
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name) || !existsSync(path)) {
    throw new GraphError(`model "${name}"`, 'does not come with edgebeat', `there are ${weightsNames().join(', ')}`);
  }
  return path;
}

/**
 * The bytes of the `.onnx` file of a model.
 *
 * @throws GraphError for a name that is not among `weightsNames()`
 */
export async function loadWeights(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(weightsPath(name)));
}
