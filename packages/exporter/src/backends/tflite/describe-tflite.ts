/** What stands in a .tflite file: operators with their versions, tensors, inputs and outputs, metadata. */
import { ExportError } from '../../export-error.js';
import { builtinOperatorOf } from './schema/builtin-operators.js';
import { dataTypeOf } from './schema/data-type.js';
import { BUFFER, FILE_IDENTIFIER, METADATA, MODEL, SIGNATURE, SUB_GRAPH, TENSOR_MAP } from './schema/model.js';
import { OPERATOR, OPERATOR_CODE } from './schema/operator.js';
import { OPTIONS, type OptionsTable } from './schema/operator-options.js';
import { TableReader } from './schema/table.js';
import { QUANTIZATION, TENSOR } from './schema/tensor.js';

export interface TfliteTensorDescription {
  readonly name?: string;
  readonly shape: readonly number[];
  /** `float32`, `int32`, `int8`, or the schema's number of another type. */
  readonly type: string;
  readonly scales: readonly number[];
  readonly zeroPoints: readonly number[];
  readonly axis: number;
  /** Size of a constant; 0 for what is computed. */
  readonly bytes: number;
}

export interface TfliteOperatorDescription {
  /** As the schema names it, or its number for one that edgebeat does not write. */
  readonly operator: string;
  readonly version: number;
  /** Indices of tensors. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: Readonly<Record<string, number>>;
}

export interface TfliteDescription {
  readonly description: string;
  readonly tensors: readonly TfliteTensorDescription[];
  readonly operators: readonly TfliteOperatorDescription[];
  /** Names of the signature, and indices of tensors. */
  readonly inputs: readonly { readonly name: string; readonly tensor: number }[];
  readonly outputs: readonly { readonly name: string; readonly tensor: number }[];
  readonly metadata: ReadonlyMap<string, Uint8Array>;
}

/** @throws ExportError for bytes that are no TFLite model of version 3 with one graph. */
export function describeTflite(bytes: Uint8Array): TfliteDescription {
  if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') !== FILE_IDENTIFIER) {
    throw new ExportError('the file is no TFLite model: its identifier is missing', 'give a .tflite file');
  }
  try {
    return describeModel(TableReader.root(bytes, MODEL));
  } catch (error) {
    if (error instanceof ExportError) throw error;
    throw new ExportError('the TFLite model is damaged: what it points to is not there', 'export it again', {
      cause: error,
    });
  }
}

function describeModel(model: TableReader<typeof MODEL>): TfliteDescription {
  const [graph] = model.tables('subgraphs', SUB_GRAPH);
  if (!graph) throw new ExportError('the TFLite model has no graph', 'give a .tflite file that runs');
  const buffers = model.tables('buffers', BUFFER).map((buffer) => buffer.bytes('data'));
  const codes = model.tables('operatorCodes', OPERATOR_CODE);
  const [signature] = model.tables('signatures', SIGNATURE);
  const named = (field: 'inputs' | 'outputs') =>
    (signature?.tables(field, TENSOR_MAP) ?? []).map((map) => ({
      name: map.string('name') ?? '',
      tensor: map.number('tensor'),
    }));
  return {
    description: model.string('description') ?? '',
    tensors: graph.tables('tensors', TENSOR).map((tensor) => describeTensor(tensor, buffers)),
    operators: graph.tables('operators', OPERATOR).map((operator) => describeOperator(operator, codes)),
    inputs: named('inputs'),
    outputs: named('outputs'),
    metadata: new Map(
      model.tables('metadata', METADATA).map((note) => [note.string('name') ?? '', buffers[note.number('buffer')]!]),
    ),
  };
}

function describeTensor(tensor: TableReader<typeof TENSOR>, buffers: readonly Uint8Array[]): TfliteTensorDescription {
  const quantization = tensor.table('quantization', QUANTIZATION);
  const name = tensor.string('name');
  return {
    ...(name !== undefined && { name }),
    shape: tensor.int32s('shape'),
    type: dataTypeOf(tensor.number('type')) ?? String(tensor.number('type')),
    scales: quantization?.float32s('scale') ?? [],
    zeroPoints: quantization?.int64s('zeroPoint') ?? [],
    axis: quantization?.number('axis') ?? 0,
    bytes: buffers[tensor.number('buffer')]?.length ?? 0,
  };
}

function describeOperator(
  operator: TableReader<typeof OPERATOR>,
  codes: readonly TableReader<typeof OPERATOR_CODE>[],
): TfliteOperatorDescription {
  const code = codes[operator.number('code')]!;
  const number = Math.max(code.number('deprecatedCode'), code.number('code'));
  return {
    operator: builtinOperatorOf(number) ?? String(number),
    version: code.number('version'),
    inputs: operator.int32s('inputs'),
    outputs: operator.int32s('outputs'),
    options: describeOptions(operator),
  };
}

function describeOptions(operator: TableReader<typeof OPERATOR>): Record<string, number> {
  const union = operator.number('optionsType');
  const known = (Object.values(OPTIONS) as OptionsTable[]).find((table) => table.union === union);
  const table = known && operator.table('options', known.fields);
  if (!known || !table) return {};
  return Object.fromEntries(Object.keys(known.fields).map((name) => [name, table.number(name)]));
}
