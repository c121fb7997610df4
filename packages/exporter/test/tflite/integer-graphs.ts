/** Small integer graphs for tests: tensors by name, operations in their order. */

import { noise } from '../../../../testing/synthetic-ecg.js';
import type { AnyOperation, IntegerGraph, IntegerTensor } from '../../src/index.js';

/** The tensors are given by name without saying it twice. */
type Unnamed<T> = T extends unknown ? Omit<T, 'name'> : never;
export type NamelessTensor = Unnamed<IntegerTensor>;
type NamelessOperation = Unnamed<AnyOperation>;

/** An int8 activation. */
export function codes(shape: readonly number[], scale: number, zeroPoint = 0): NamelessTensor {
  return { dtype: 'int8', shape, quantization: { scales: Float32Array.of(scale), zeroPoint } };
}

/** A float32 activation. */
export function reals(shape: readonly number[]): NamelessTensor {
  return { dtype: 'float32', shape };
}

/** An int8 constant. */
export function constant(
  shape: readonly number[],
  scale: number,
  zeroPoint: number,
  data: readonly number[],
): NamelessTensor {
  return {
    dtype: 'int8',
    shape,
    quantization: { scales: Float32Array.of(scale), zeroPoint },
    data: Int8Array.from(data),
  };
}

export function realConstant(shape: readonly number[], data: readonly number[]): NamelessTensor {
  return { dtype: 'float32', shape, data: Float32Array.from(data) };
}

/** int8 weights with a scale for each output channel, along dimension 0. */
export function weights(shape: readonly number[], seed: number): NamelessTensor & { readonly dtype: 'int8' } {
  const scales = Float32Array.from(noise(shape[0]!, seed + 1), (x) => 0.004 + 0.003 * x);
  const data = Int8Array.from(noise(sizeOf(shape), seed), (x) => Math.round(127 * x));
  return { dtype: 'int8', shape, quantization: { scales, zeroPoint: 0, axis: 0 }, data };
}

/** int32 biases for weights that read an input of this scale. */
export function biases(of: ReturnType<typeof weights>, inputScale: number, seed: number): NamelessTensor {
  const { scales } = of.quantization;
  return {
    dtype: 'int32',
    shape: [scales.length],
    quantization: { scales: scales.map((scale) => scale * inputScale), zeroPoint: 0, axis: 0 },
    data: Int32Array.from(noise(scales.length, seed), (x) => Math.round(3000 * x)),
  };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** @param inputs @param outputs names of tensors; an output of the model has its tensor's name in capitals */
export function integerGraph(
  tensors: Readonly<Record<string, NamelessTensor>>,
  inputs: readonly string[],
  operations: readonly NamelessOperation[],
  outputs: readonly string[],
): IntegerGraph {
  return {
    name: 'small',
    tensors: new Map(Object.entries(tensors).map(([name, tensor]) => [name, { ...tensor, name } as IntegerTensor])),
    inputs,
    outputs: outputs.map((tensor) => ({ name: tensor.toUpperCase(), tensor })),
    operations: operations.map((operation, i) => ({ ...operation, name: `${operation.operator}${i}` }) as AnyOperation),
  };
}

/** Codes for each input, all 256 among them where there is room, and in no order. */
export function randomInputs(graph: IntegerGraph, seed: number): Record<string, Int8Array> {
  return Object.fromEntries(
    graph.inputs.map((name, i) => {
      const { shape } = graph.tensors.get(name)!;
      const codes = Int8Array.from(noise(sizeOf(shape), seed + 1000 * i), (x) => Math.floor(128 * x));
      return [name, codes];
    }),
  );
}
