/** The golden vectors of test/golden as graphs of one operation. */
import { readdirSync, readFileSync } from 'node:fs';
import type { AnyOperation, IntegerGraph, IntegerTensor } from '../src/integer/integer-graph.js';
import type { OperationName } from '../src/integer/operations.js';

interface GoldenTensor {
  readonly dtype: IntegerTensor['dtype'];
  readonly shape: readonly number[];
  readonly scales?: readonly number[];
  readonly zeroPoint?: number;
  readonly axis?: number;
  readonly data: readonly number[];
  readonly constant?: boolean;
}

export interface GoldenCase {
  readonly name: string;
  readonly attributes: object;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly output: GoldenTensor;
}

export interface GoldenFile {
  readonly name: string;
  readonly bytes: number;
  readonly operation: OperationName;
  readonly cases: readonly GoldenCase[];
}

const folder = new URL('golden/', import.meta.url);

export function goldenFiles(): GoldenFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return { name, bytes: text.length, ...(JSON.parse(text) as Pick<GoldenFile, 'operation' | 'cases'>) };
  });
}

const ARRAYS = { int8: Int8Array, int32: Int32Array, float32: Float32Array };

function tensorOf(
  name: string,
  { dtype, shape, scales, zeroPoint, axis, data, constant }: GoldenTensor,
): IntegerTensor {
  const held = constant ? { data: ARRAYS[dtype].from(data) } : {};
  const quantization = scales && { scales: Float32Array.from(scales), zeroPoint, axis };
  return { name, dtype, shape, quantization, ...held } as IntegerTensor;
}

export function goldenGraph(operator: OperationName, { attributes, inputs, output }: GoldenCase): IntegerGraph {
  const tensors = Object.entries({ ...inputs, output }).map(([name, tensor]) => tensorOf(name, tensor));
  const table = 'table' in attributes ? { table: Int8Array.from(attributes.table as number[]) } : {};
  const operation = { operator, name: operator, inputs: Object.keys(inputs), outputs: ['output'] };
  return {
    name: operator,
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    inputs: Object.entries(inputs).flatMap(([name, { constant }]) => (constant ? [] : [name])),
    outputs: [{ name: 'output', tensor: 'output' }],
    operations: [{ ...operation, attributes: { ...attributes, ...table } } as unknown as AnyOperation],
  };
}

/** Codes of what is no constant. */
export function goldenInputs({ inputs }: GoldenCase): Record<string, Int8Array> {
  const given = Object.entries(inputs).filter(([, { constant }]) => !constant);
  return Object.fromEntries(given.map(([name, { data }]) => [name, Int8Array.from(data)]));
}
