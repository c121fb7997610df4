/** The tables Operator and OperatorCode. */
import type { Offset } from 'flatbuffers';
import type { TfliteOperator } from '../graph/tflite-graph.js';
import { BUILTIN_OPERATORS, type BuiltinOperator, PLACEHOLDER_FOR_GREATER_CODES } from './builtin-operators.js';
import { type BuiltinOptions, OPTIONS, type OptionsTable } from './operator-options.js';
import type { SharedWriter } from './shared-writer.js';
import type { Fields } from './table.js';

export const OPERATOR = {
  code: { slot: 0, kind: 'int32' },
  inputs: { slot: 1, kind: 'offset' },
  outputs: { slot: 2, kind: 'offset' },
  optionsType: { slot: 3, kind: 'byte' },
  options: { slot: 4, kind: 'offset' },
} as const satisfies Fields;

export const OPERATOR_CODE = {
  deprecatedCode: { slot: 0, kind: 'byte' },
  version: { slot: 2, kind: 'int32', default: 1 },
  code: { slot: 3, kind: 'int32' },
} as const satisfies Fields;

/** @param code index into the model's operator codes */
export function writeOperator(writer: SharedWriter, operator: TfliteOperator, code: number): Offset {
  const { inputs, outputs, options } = operator;
  return writer.table('Operator', OPERATOR, {
    code,
    inputs: writer.int32s(inputs),
    outputs: writer.int32s(outputs),
    optionsType: options && OPTIONS[options.table].union,
    options: options && writeOptions(writer, options),
  });
}

function writeOptions(writer: SharedWriter, { table, ...values }: BuiltinOptions): Offset {
  const { fields }: OptionsTable = OPTIONS[table];
  return writer.table(table, fields, values);
}

export function writeOperatorCode(writer: SharedWriter, name: BuiltinOperator, version: number): Offset {
  const code = BUILTIN_OPERATORS[name];
  const deprecatedCode = Math.min(code, PLACEHOLDER_FOR_GREATER_CODES);
  return writer.table('OperatorCode', OPERATOR_CODE, { deprecatedCode, version, code });
}
