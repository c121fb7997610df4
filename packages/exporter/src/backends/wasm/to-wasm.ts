/** An int8 graph as one WebAssembly file. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Model, type Shape, type ValueInfo, type WasmTensor, writeWasmModel } from '@edgebeat/graph';
import type { IntegerGraph, IntegerTensor } from '../../integer/integer-graph.js';
import { findEmcc, runEmcc } from './emscripten.js';
import { wasmSources } from './wasm-sources.js';

const MODULE = 'model.wasm';

/**
 * Compiles what `toC` writes with Emscripten. The file says of itself what the ONNX file does; what it computes are the codes of the
 * integer interpreter, to the bit. With a network that tells people apart it holds the firmware's app, too (`core/wasm/watch.c`).
 *
 * @param int8 with pairs of QuantizeLinear and DequantizeLinear
 * @param emcc path of the compiler; the one on PATH unless given
 * @throws ExportError where the compiler is missing or fails; see `toC`
 */
export async function toWasm(int8: Model, emcc: string = findEmcc()): Promise<Uint8Array<ArrayBuffer>> {
  const { graph, files, dataBytes, sourceSha256, codeSha256 } = wasmSources(int8);
  const folder = await mkdtemp(join(tmpdir(), 'edgebeat-wasm-'));
  try {
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const sources = [...files.keys()].filter((path) => path.endsWith('.c'));
    await runEmcc(emcc, { folder, sources, output: MODULE, dataBytes });
    const module = await readFile(join(folder, MODULE));
    return writeWasmModel(module, { ...endsOf(int8, graph), sourceSha256, codeSha256, metadata: int8.metadata });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function endsOf({ graph: { inputs, outputs } }: Model, integer: IntegerGraph) {
  const declared = new Map([...inputs, ...outputs].map((info) => [info.name, info]));
  const ends = [
    ...integer.inputs.map((name) => ({ name, tensor: integer.tensors.get(name)! })),
    ...integer.outputs.map(({ name, tensor }) => ({ name, tensor: integer.tensors.get(tensor)! })),
  ];
  // A batch is run example by example only where everything has one.
  const isOpen = ends.every(({ name, tensor }) => hasOpenBatch(declared.get(name), tensor.shape));
  const written = ends.map(({ name, tensor }) =>
    wasmTensor(name, tensor, isOpen ? declared.get(name)?.shape : undefined),
  );
  return { inputs: written.slice(0, integer.inputs.length), outputs: written.slice(integer.inputs.length) };
}

/** Whether the first dimension has a name, and all others are those of the integer graph. */
function hasOpenBatch(declared: ValueInfo | undefined, shape: readonly number[]): boolean {
  const [batch, ...rest] = declared?.shape ?? [];
  return typeof batch === 'string' && rest.join() === shape.slice(1).join();
}

function wasmTensor(name: string, tensor: IntegerTensor, shape: Shape = tensor.shape): WasmTensor {
  if (tensor.dtype === 'float32') return { name, shape, type: 'float32' };
  const { scales, zeroPoint } = tensor.quantization;
  return { name, shape, type: 'int8', scale: scales[0]!, zeroPoint };
}
