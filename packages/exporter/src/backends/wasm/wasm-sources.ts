/** Everything that a WebAssembly file is compiled from. */
import { createHash } from 'node:crypto';
import type { Model } from '@edgebeat/graph';
import type { IntegerGraph } from '../../integer/integer-graph.js';
import { readIntegerGraph } from '../../integer/read-integer-graph.js';
import { elementCount } from '../../interpreter/indices.js';
import { modelSha256 } from '../../model-sha256.js';
import { toC } from '../c/index.js';
import { coreFolders } from '../c/source/core-sources.js';
import { writeEntry } from './write-entry.js';

/** Written for networks that tell people apart. */
const IDENTITY = 'identity.c';
/** Static data of the app and its link, and bytes on their way. */
const WATCH_BYTES = 256 * 1024;

export interface WasmSources {
  readonly graph: IntegerGraph;
  /** C sources and headers by their path. */
  readonly files: ReadonlyMap<string, string>;
  /** Of all static data, at most. */
  readonly dataBytes: number;
  /** Of the ONNX file, in hexadecimal digits. */
  readonly sourceSha256: string;
  /** Of the files, comments aside. */
  readonly codeSha256: string;
}

/** @param int8 with pairs of QuantizeLinear and DequantizeLinear. @throws ExportError, see `toC`. */
export function wasmSources(int8: Model): WasmSources {
  const graph = readIntegerGraph(int8);
  const sourceSha256 = modelSha256(int8);
  const { files: written, figures } = toC(graph, { metadata: int8.metadata, sha256: sourceSha256 });
  const watch = written.has(IDENTITY) ? coreFolders('include', 'src', 'app', 'wasm') : new Map<string, string>();
  const all = new Map([...written, ...watch, ['entry.c', writeEntry(graph)]]);
  const files = new Map([...all].filter(([path]) => /\.[ch]$/.test(path)));
  const code = [...files].map(([path, text]) => [path, text.replace(/\/\*.*?\*\//gs, '')]).sort();
  return {
    ...{ graph, files, sourceSha256, codeSha256: createHash('sha256').update(JSON.stringify(code)).digest('hex') },
    // The network lies there twice where there is a watch.
    dataBytes: figures.weightBytes + 2 * (figures.arenaBytes + endBytes(graph)) + (watch.size > 0 ? WATCH_BYTES : 0),
  };
}

/** Of inputs, as real numbers and as codes, and of outputs. */
function endBytes({ tensors, inputs, outputs }: IntegerGraph): number {
  const names = [...inputs, ...outputs.map(({ tensor }) => tensor)];
  return names.reduce((sum, name) => sum + 5 * elementCount(tensors.get(name)!.shape), 0);
}
