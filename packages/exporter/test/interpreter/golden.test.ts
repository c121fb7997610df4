/** The golden vectors: that they are there for every operation, and that the interpreter still gives what they say. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { AnyOperation, IntegerTensor } from '../../src/integer/integer-graph.js';
import { OPERATION_NAMES, type OperationName } from '../../src/integer/operations.js';
import { IntegerInterpreter } from '../../src/interpreter/integer-interpreter.js';

interface GoldenTensor {
  readonly dtype: IntegerTensor['dtype'];
  readonly shape: readonly number[];
  readonly scales?: readonly number[];
  readonly zeroPoint?: number;
  readonly axis?: number;
  readonly data: readonly number[];
  readonly constant?: boolean;
}

interface GoldenCase {
  readonly name: string;
  readonly attributes: object;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly output: GoldenTensor;
}

const folder = new URL('../golden/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const vectors = files.map((name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  return { name, bytes: text.length, ...(JSON.parse(text) as { operation: OperationName; cases: GoldenCase[] }) };
});

const ARRAYS = { int8: Int8Array, int32: Int32Array, float32: Float32Array };

function tensorOf(
  name: string,
  { dtype, shape, scales, zeroPoint, axis, data, constant }: GoldenTensor,
): IntegerTensor {
  const held = constant ? { data: ARRAYS[dtype].from(data) } : {};
  const quantization = scales && { scales: Float32Array.from(scales), zeroPoint, axis };
  return { name, dtype, shape, quantization, ...held } as IntegerTensor;
}

function run(operator: OperationName, { attributes, inputs, output }: GoldenCase): number[] {
  const tensors = Object.entries({ ...inputs, output }).map(([name, tensor]) => tensorOf(name, tensor));
  const given = Object.entries(inputs).filter(([, { constant }]) => !constant);
  const table = 'table' in attributes ? { table: Int8Array.from(attributes.table as number[]) } : {};
  const interpreter = new IntegerInterpreter({
    name: operator,
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    inputs: given.map(([name]) => name),
    outputs: [{ name: 'output', tensor: 'output' }],
    operations: [
      {
        operator,
        name: operator,
        inputs: Object.keys(inputs),
        outputs: ['output'],
        attributes: { ...attributes, ...table },
      } as unknown as AnyOperation,
    ],
  });
  const codes = Object.fromEntries(given.map(([name, { data }]) => [name, Int8Array.from(data)]));
  return Array.from(interpreter.run(codes).output!);
}

test('every operation has a file, and each is small', () => {
  expect(vectors.map(({ operation }) => operation).sort()).toEqual([...OPERATION_NAMES].sort());
  expect(vectors.filter(({ bytes }) => bytes > 20_000).map(({ name }) => name)).toEqual([]);
});

describe.each(vectors)('$operation', ({ operation, cases }) => {
  test.each(cases)('$name', (golden) => {
    expect(run(operation, golden)).toEqual(golden.output.data);
  });
});
