/** Integer graphs of one operation, with weights of chance: enough to count what its kernel does. */
import type { AnyOperation, IntegerGraph, IntegerTensor, OperationAttributes, OperationName } from '@edgebeat/exporter';

export interface Operand {
  readonly shape: readonly number[];
  readonly dtype: 'int8' | 'float32';
  readonly scale?: number;
  readonly zeroPoint?: number;
  /** Whether it lies in flash. */
  readonly isConstant?: boolean;
}

export const codes = (shape: readonly number[], scale = 0.03, zeroPoint = -5): Operand => ({
  ...{ shape, dtype: 'int8', scale, zeroPoint },
});
export const reals = (shape: readonly number[]): Operand => ({ shape, dtype: 'float32' });

const chance = { state: 1 };
/** From 0 to below `n`, by a linear congruential generator: the same in every run. */
function below(n: number): number {
  chance.state = (Math.imul(chance.state, 1664525) + 1013904223) >>> 0;
  return Math.floor((chance.state / 2 ** 32) * n);
}

const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

function tensorOf(name: string, { shape, dtype, scale = 1, zeroPoint = 0, isConstant }: Operand): IntegerTensor {
  if (dtype === 'float32') {
    const data = isConstant ? { data: Float32Array.from({ length: count(shape) }, () => below(200) / 100 - 1) } : {};
    return { name, shape, dtype, ...data };
  }
  const data = isConstant ? { data: Int8Array.from({ length: count(shape) }, () => below(255) - 127) } : {};
  return { name, shape, dtype, quantization: { scales: Float32Array.of(scale), zeroPoint }, ...data };
}

/** Inputs that are float32 and no constants come from codes: callers of a network give nothing else. */
export function oneOperation<K extends OperationName>(
  operator: K,
  attributes: OperationAttributes[K],
  inputs: readonly Operand[],
  output: Operand,
  more: readonly IntegerTensor[] = [],
): IntegerGraph {
  const tensors: IntegerTensor[] = [...more, tensorOf('y', output)];
  const operations: unknown[] = [];
  const given: string[] = [];
  const names = inputs.map((input, i) => {
    const name = `x${i}`;
    tensors.push(tensorOf(name, input));
    if (input.isConstant) return name;
    if (input.dtype === 'int8') given.push(name);
    else {
      tensors.push(tensorOf(`codes${i}`, codes(input.shape, 0.01, 0)));
      given.push(`codes${i}`);
      operations.push(step('DequantizeLinear', {}, [`codes${i}`], name));
    }
    return name;
  });
  operations.push(step(operator, attributes, [...names, ...more.map(({ name }) => name)], 'y'));
  return {
    name: operator,
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    inputs: given,
    outputs: [{ name: 'y', tensor: 'y' }],
    operations: operations as AnyOperation[],
  };
}

function step(operator: OperationName, attributes: object, inputs: readonly string[], output: string) {
  return { operator, name: output, inputs, outputs: [output], attributes };
}

/** Weights [O, …] with a scale for each output, and their biases. */
export function weighted(shape: readonly number[], inputScale: number): IntegerTensor[] {
  const filters = shape[0]!;
  const scales = Float32Array.from({ length: filters }, () => 0.002 + below(100) / 1e5);
  const biasScales = scales.map((scale) => scale * inputScale);
  return [
    {
      ...{ name: 'w', shape, dtype: 'int8', quantization: { scales, zeroPoint: 0, axis: 0 } },
      data: Int8Array.from({ length: count(shape) }, () => below(255) - 127),
    },
    {
      ...{ name: 'b', shape: [filters], dtype: 'int32', quantization: { scales: biasScales, zeroPoint: 0, axis: 0 } },
      data: Int32Array.from({ length: filters }, () => below(2001) - 1000),
    },
  ];
}

/** A scale with which sums of so many products seldom saturate. */
export const outputScale = (inputScale: number, products: number) => inputScale * 0.0025 * 70 * Math.sqrt(products);
