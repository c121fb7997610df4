/** A graph as the bytes of a .tflite file. */
import type { Offset } from 'flatbuffers';
import type { NamedTensor, TfliteGraph, TfliteTensor } from '../graph/tflite-graph.js';
import type { BuiltinOperator } from './builtin-operators.js';
import {
  BUFFER,
  DEFAULT_SIGNATURE,
  FILE_IDENTIFIER,
  METADATA,
  MODEL,
  SCHEMA_VERSION,
  SIGNATURE,
  SUB_GRAPH,
  TENSOR_MAP,
} from './model.js';
import { writeOperator, writeOperatorCode } from './operator.js';
import { SharedWriter } from './shared-writer.js';
import { writeTable } from './table.js';
import { writeTensor } from './tensor.js';

export interface ModelTexts {
  readonly description: string;
  /** Named buffers beside the graph. */
  readonly metadata: ReadonlyMap<string, Uint8Array>;
}

export function writeModel(graph: TfliteGraph, { description, metadata }: ModelTexts): Uint8Array {
  const writer = new SharedWriter();
  const { builder } = writer;
  const buffers = new BufferList();
  const subgraph = writeSubGraph(writer, graph, buffers, operatorCodes(graph));
  const notes = [...metadata].map(([name, bytes]) =>
    writer.table('Metadata', METADATA, { name: writer.string(name), buffer: buffers.add(bytes) }),
  );
  const model = writeTable(builder, MODEL, {
    version: SCHEMA_VERSION,
    operatorCodes: writer.tables(
      operatorCodes(graph).map(({ code, version }) => writeOperatorCode(writer, code, version)),
    ),
    subgraphs: writer.tables([subgraph]),
    description: writer.string(description),
    buffers: buffers.write(writer),
    metadata: writer.tables(notes),
    signatures: writer.tables([writeSignature(writer, graph)]),
  });
  builder.finish(model, FILE_IDENTIFIER);
  return builder.asUint8Array().slice();
}

interface OperatorCode {
  readonly code: BuiltinOperator;
  readonly version: number;
}

/** Each operator and version once. */
function operatorCodes({ operators }: TfliteGraph): OperatorCode[] {
  return [...new Map(operators.map(({ code, version }) => [`${code} ${version}`, { code, version }])).values()];
}

function writeSubGraph(
  writer: SharedWriter,
  graph: TfliteGraph,
  buffers: BufferList,
  codes: readonly OperatorCode[],
): Offset {
  const codeOf = ({ code, version }: OperatorCode) =>
    codes.findIndex((known) => known.code === code && known.version === version);
  return writeTable(writer.builder, SUB_GRAPH, {
    tensors: writer.tables(graph.tensors.map((tensor) => writeTensor(writer, tensor, buffers.addData(tensor)))),
    inputs: writer.int32s(graph.inputs.map(({ tensor }) => tensor)),
    outputs: writer.int32s(graph.outputs.map(({ tensor }) => tensor)),
    operators: writer.tables(graph.operators.map((operator) => writeOperator(writer, operator, codeOf(operator)))),
    name: writer.string(graph.name),
  });
}

function writeSignature(writer: SharedWriter, { inputs, outputs }: TfliteGraph): Offset {
  const map = (tensors: readonly NamedTensor[]) =>
    writer.tables(
      tensors.map(({ name, tensor }) => writer.table('TensorMap', TENSOR_MAP, { name: writer.string(name), tensor })),
    );
  return writeTable(writer.builder, SIGNATURE, {
    inputs: map(inputs),
    outputs: map(outputs),
    key: writer.string(DEFAULT_SIGNATURE),
    subgraph: 0,
  });
}

/** The model's buffers; equal ones once. The first is empty: tensors without data point to it. */
class BufferList {
  readonly #contents: Uint8Array[] = [new Uint8Array()];
  readonly #known = new Map<string, number>();

  addData({ data }: TfliteTensor): number {
    return data === undefined ? 0 : this.add(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }

  add(bytes: Uint8Array): number {
    const key = Buffer.from(bytes).toString('latin1');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.#contents.length);
    return this.#contents.push(bytes) - 1;
  }

  write(writer: SharedWriter): Offset {
    // Each table right behind its data, where it fills what the alignment would leave empty.
    return writer.tables(
      this.#contents.map((bytes) => {
        const data = bytes.length === 0 ? undefined : writer.alignedBytes(bytes);
        return writer.table('Buffer', BUFFER, { data });
      }),
    );
  }
}
