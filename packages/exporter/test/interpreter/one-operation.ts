/** Graphs of one operation, and arbitrary tensors for them. */
import fc from 'fast-check';
import type { IntegerGraph, IntegerTensor, Operation } from '../../src/integer/integer-graph.js';
import type { OperationName } from '../../src/integer/operations.js';
import { IntegerInterpreter } from '../../src/interpreter/integer-interpreter.js';

export interface CodesSpec {
  readonly shape: readonly number[];
  readonly scale: number;
  readonly zeroPoint: number;
}

/** int8 activation: given as an input of the graph, or held by it. */
export interface GivenCodes extends CodesSpec {
  readonly codes: Int8Array;
  readonly constant?: boolean;
}

export interface GivenWeights {
  readonly shape: readonly number[];
  readonly scales: Float32Array;
  readonly weights: Int8Array;
}

export interface GivenBias {
  readonly bias: Int32Array;
}

export interface GivenReals {
  readonly shape: readonly number[];
  readonly reals: Float32Array;
}

export type Given = GivenCodes | GivenWeights | GivenBias | GivenReals;

/** What the output is to be: codes, or real numbers where there is no scale. */
export type Wanted = CodesSpec | { readonly shape: readonly number[] };

function tensorOf(name: string, given: Given): IntegerTensor {
  if ('codes' in given) {
    const { shape, scale, zeroPoint, codes, constant } = given;
    const quantization = { scales: Float32Array.of(scale), zeroPoint };
    return { name, dtype: 'int8', shape, quantization, ...(constant && { data: codes }) };
  }
  if ('weights' in given) {
    const quantization = { scales: given.scales, zeroPoint: 0, axis: 0 };
    return { name, dtype: 'int8', shape: given.shape, quantization, data: given.weights };
  }
  if ('bias' in given) {
    const quantization = { scales: Float32Array.of(1), zeroPoint: 0 };
    return { name, dtype: 'int32', shape: [given.bias.length], quantization, data: given.bias };
  }
  return { name, dtype: 'float32', shape: given.shape, data: given.reals };
}

export function graphOf<K extends OperationName>(
  operator: K,
  attributes: Operation<K>['attributes'],
  given: readonly Given[],
  wanted: Wanted,
): IntegerGraph {
  const inputs = given.map((tensor, index) => tensorOf(`x${index}`, tensor));
  const output: IntegerTensor =
    'scale' in wanted
      ? {
          name: 'y',
          dtype: 'int8',
          shape: wanted.shape,
          quantization: { scales: Float32Array.of(wanted.scale), zeroPoint: wanted.zeroPoint },
        }
      : { name: 'y', dtype: 'float32', shape: wanted.shape };
  const operation = { operator, name: 'step', inputs: inputs.map(({ name }) => name), outputs: ['y'], attributes };
  return {
    name: operator,
    tensors: new Map([...inputs, output].map((tensor) => [tensor.name, tensor])),
    inputs: inputs.filter(({ dtype, data }) => dtype === 'int8' && data === undefined).map(({ name }) => name),
    outputs: [{ name: 'out', tensor: 'y' }],
    operations: [operation as IntegerGraph['operations'][number]],
  };
}

/** What one operation makes of its inputs. */
export function runOne<K extends OperationName>(
  operator: K,
  attributes: Operation<K>['attributes'],
  given: readonly Given[],
  wanted: Wanted,
): number[] {
  const graph = graphOf(operator, attributes, given, wanted);
  const inputs = Object.fromEntries(
    given.flatMap((tensor, index) => ('codes' in tensor && !tensor.constant ? [[`x${index}`, tensor.codes]] : [])),
  );
  return Array.from(new IntegerInterpreter(graph).run(inputs).out!);
}

export const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const float32 = (value: number) => Math.fround(value);

/** From 2^−10 to 2^3, evenly over the logarithm. */
export const scales = fc.double({ min: -10, max: 3, noNaN: true }).map((power) => float32(2 ** power));

/** Any, with the extremes and 0 often. */
export const zeroPoints = fc.oneof(fc.constantFrom(-128, 0, 127), fc.integer({ min: -128, max: 127 }));

export const codesOf = (shape: readonly number[]): fc.Arbitrary<Int8Array> =>
  fc
    .array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -128, max: 127 }) }, fc.constantFrom(-128, 127)), {
      minLength: count(shape),
      maxLength: count(shape),
    })
    .map((codes) => Int8Array.from(codes));

export const activations = (shape: readonly number[]): fc.Arbitrary<GivenCodes> =>
  fc.record({ shape: fc.constant(shape), scale: scales, zeroPoint: zeroPoints, codes: codesOf(shape) });

export const realsOf = (shape: readonly number[]): fc.Arbitrary<GivenReals> =>
  fc
    .array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: count(shape), maxLength: count(shape) })
    .map((reals) => ({ shape, reals: Float32Array.from(reals) }));

/** Sizes from 1 to `most`, as many as a rank within bounds. */
export const shapes = (leastRank: number, mostRank: number, most = 5): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: most }), { minLength: leastRank, maxLength: mostRank });

/** The whole int8 range, or what a Relu leaves of it. */
export const clamps = fc
  .tuple(fc.integer({ min: -128, max: 127 }), fc.integer({ min: -128, max: 127 }), fc.boolean())
  .map(([a, b, whole]) => (whole ? { least: -128, most: 127 } : { least: Math.min(a, b), most: Math.max(a, b) }));

export const RUNS = { numRuns: 150, seed: 20260 };
