/**
 * A network as one WebAssembly file: its custom section `edgebeat` says in JSON what an ONNX file says of itself. It is written by
 * the exporter and read by whatever runs such files.
 *
 * The module imports nothing. It exports `memory`, `edgebeat_input(i)` (where the real numbers of input i go, float32),
 * `edgebeat_run()`, and `edgebeat_output(i)` (where output i is: codes or float32, as its `type` says), for a batch of one.
 */
import { GraphError } from '../graph-error.js';
import { fields, json, list, number, object, type Reader, record, text, whole, word } from '../metadata/fields.js';
import type { Shape } from '../model.js';
import { customSection, isWasm, withCustomSection } from './wasm-sections.js';

const SECTION = 'edgebeat';
const SCHEMA = 'edgebeat.wasm/1';

interface WasmTensorBase {
  readonly name: string;
  /** As the ONNX graph declares it; a batch with a name is run example by example. */
  readonly shape: Shape;
}

/** An input or output. Of type int8, it lies in memory as codes: real = scale · (code − zeroPoint), scale in float32. */
export type WasmTensor =
  | (WasmTensorBase & { readonly type: 'int8'; readonly scale: number; readonly zeroPoint: number })
  | (WasmTensorBase & { readonly type: 'float32' });

/** What such a file says of itself. */
export interface WasmModel {
  readonly inputs: readonly WasmTensor[];
  readonly outputs: readonly WasmTensor[];
  /** Of the int8 ONNX file that it was made from, in hexadecimal digits. */
  readonly sourceSha256: string;
  /** Of the C sources that it was compiled from, comments aside. */
  readonly codeSha256: string;
  /** As an ONNX file has them: `edgebeat.*`, and others. */
  readonly metadata: ReadonlyMap<string, string>;
}

const dimension: Reader<number | string> = (value, where) =>
  typeof value === 'string' ? text(value, where) : whole(1)(value, where);

const codeTensor = fields<Extract<WasmTensor, { type: 'int8' }>>({
  name: text,
  shape: list(dimension),
  type: word('int8'),
  scale: number(0),
  zeroPoint: number(-128, 127),
});

const realTensor = fields<Extract<WasmTensor, { type: 'float32' }>>({
  name: text,
  shape: list(dimension),
  type: word('float32'),
});

const tensor: Reader<WasmTensor> = (value, where) => {
  const type = word('int8', 'float32')(object(value, where).type, `${where}.type`);
  return type === 'int8' ? codeTensor(value, where) : realTensor(value, where);
};

const anyText: Reader<string> = (value, where) => (value === '' ? '' : text(value, where));

const section = json(
  fields<Omit<WasmModel, 'metadata'> & { readonly schema: string; readonly metadata: Record<string, string> }>({
    schema: word(SCHEMA),
    inputs: list(tensor),
    outputs: list(tensor),
    sourceSha256: text,
    codeSha256: text,
    metadata: record(anyText),
  }),
);

/**
 * Reads what a file says of itself.
 *
 * @throws GraphError for bytes that are no WebAssembly, a module without that section, or one that contradicts its schema
 */
export function readWasmModel(bytes: Uint8Array): WasmModel {
  const remedy = 'export it again: edgebeat export MODEL.onnx --to wasm';
  if (!isWasm(bytes)) throw new GraphError('model', 'is no WebAssembly module', remedy);
  const contents = customSection(bytes, SECTION);
  if (contents === undefined)
    throw new GraphError('model', `has no custom section ${SECTION}, or is cut short before it`, remedy);
  const { schema: _, metadata, ...rest } = section(new TextDecoder().decode(contents), `section ${SECTION}`);
  return { ...rest, metadata: new Map(Object.entries(metadata)) };
}

/**
 * @param module without that section
 * @throws GraphError for a description that `readWasmModel` would not take
 */
export function writeWasmModel(module: Uint8Array, { metadata, ...rest }: WasmModel): Uint8Array<ArrayBuffer> {
  const written = JSON.stringify({ schema: SCHEMA, ...rest, metadata: Object.fromEntries(metadata) });
  section(written, `section ${SECTION}`);
  return withCustomSection(module, SECTION, new TextEncoder().encode(written));
}
