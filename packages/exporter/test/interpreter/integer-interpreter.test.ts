/** The interpreter as a whole: order, observation, inputs, and what it refuses. */
import { describe, expect, test } from '@jest/globals';
import { ExportError } from '../../src/export-error.js';
import type { IntegerGraph, IntegerTensor } from '../../src/integer/integer-graph.js';
import type { OperationName } from '../../src/integer/operations.js';
import { IntegerInterpreter } from '../../src/interpreter/integer-interpreter.js';
import { type Given, graphOf, runOne, type Wanted } from './one-operation.js';

const ALL = { least: -128, most: 127 };
const code = (name: string, shape: readonly number[], scale: number, zeroPoint: number): IntegerTensor => ({
  name,
  dtype: 'int8',
  shape,
  quantization: { scales: Float32Array.of(scale), zeroPoint },
});

/** y = (a + b) · b, and √(a + b) as real numbers. */
const graph: IntegerGraph = {
  name: 'two-outputs',
  tensors: new Map(
    [
      code('a', [1, 3], 0.5, 0),
      code('b', [1, 3], 0.5, 0),
      code('sum', [1, 3], 0.5, -10),
      code('product', [1, 3], 1, 4),
      { name: 'real', dtype: 'float32', shape: [1, 3] } as const,
      { name: 'root', dtype: 'float32', shape: [1, 3] } as const,
    ].map((tensor) => [tensor.name, tensor]),
  ),
  inputs: ['a', 'b'],
  outputs: [
    { name: 'y', tensor: 'product' },
    { name: 'deviation', tensor: 'root' },
  ],
  operations: [
    { operator: 'Add', name: 'add', inputs: ['a', 'b'], outputs: ['sum'], attributes: { clamp: ALL } },
    { operator: 'Mul', name: 'mul', inputs: ['sum', 'b'], outputs: ['product'], attributes: { clamp: ALL } },
    { operator: 'DequantizeLinear', name: 'real', inputs: ['sum'], outputs: ['real'], attributes: {} },
    { operator: 'Sqrt', name: 'root', inputs: ['real'], outputs: ['root'], attributes: {} },
  ],
};

const inputs = { a: Int8Array.of(2, 4, 6), b: Int8Array.of(6, 4, 2) };

describe('a graph of several operations', () => {
  test('gives its outputs by the names of the model', () => {
    const outputs = new IntegerInterpreter(graph).run(inputs);
    expect(outputs).toEqual({ y: Int8Array.of(16, 12, 8), deviation: new Float32Array(3).fill(2) });
  });

  test('shows every tensor that it makes, in order', () => {
    const seen: [string, number[]][] = [];
    new IntegerInterpreter(graph).run(inputs, (tensor, data) => seen.push([tensor.name, [...data]]));
    expect(seen).toEqual([
      ['sum', [-2, -2, -2]],
      ['product', [16, 12, 8]],
      ['real', [4, 4, 4]],
      ['root', [2, 2, 2]],
    ]);
  });

  test('runs again and again; what it gave stays', () => {
    const interpreter = new IntegerInterpreter(graph);
    const kept: (Int8Array | Float32Array)[] = [];
    const first = interpreter.run(inputs, (_, data) => kept.push(data));
    const other = interpreter.run({ a: Int8Array.of(0, 0, 0), b: Int8Array.of(0, 8, 0) });
    expect(other).toEqual({ y: Int8Array.of(4, 20, 4), deviation: Float32Array.of(0, 2, 0) });
    expect(first).toEqual({ y: Int8Array.of(16, 12, 8), deviation: new Float32Array(3).fill(2) });
    expect([...kept[0]!]).toEqual([-2, -2, -2]);
    expect(interpreter.run(inputs)).toEqual(first);
  });
});

describe('inputs that do not fit', () => {
  const cases: readonly [string, object, string][] = [
    ['a missing one', { a: inputs.a }, 'input "b" is missing'],
    ['one too many', { ...inputs, c: inputs.a }, 'model "two-outputs" has no input "c"'],
    ['real numbers', { ...inputs, b: new Float32Array(3) }, 'input "b" is no Int8Array'],
    ['another length', { ...inputs, b: new Int8Array(4) }, 'input "b" has 4 elements instead of 3'],
  ];
  test.each(cases)('%s', (_, given, message) => {
    const interpreter = new IntegerInterpreter(graph);
    const run = () => interpreter.run(given as typeof inputs);
    expect(run).toThrow(ExportError);
    expect(run).toThrow(message);
  });
});

describe('graphs that contradict themselves', () => {
  const x = { shape: [1, 4], scale: 1, zeroPoint: 0, codes: new Int8Array(4) };
  const y = { shape: [1, 4], scale: 1, zeroPoint: 0 };
  const reals = { shape: [1, 4], reals: new Float32Array(4) };
  const weights = (...shape: number[]) => ({
    shape,
    scales: new Float32Array(shape[0]!).fill(1),
    weights: new Int8Array(shape.reduce((product, size) => product * size, 1)),
  });
  const bias = { bias: new Int32Array(4) };
  const window = { kernel: [2], strides: [1], dilations: [1], pads: [0, 0] };

  const cases: readonly [OperationName, object, readonly Given[], Wanted, string][] = [
    ['Gemm', { clamp: ALL }, [x, weights(4, 3), bias], y, 'x [1,4], weight [4,3] and y [1,4] do not go together'],
    ['Gemm', { clamp: ALL }, [x, weights(4, 4), { bias: new Int32Array(3) }], y, 'has 3 elements for 4 channels'],
    ['Gemm', { clamp: ALL }, [x, weights(4, 4)], y, 'input 2 is missing'],
    ['Gemm', { clamp: ALL }, [x, x, bias], y, '"x1" is no constant int8 weight'],
    ['Gemm', { clamp: ALL }, [reals, weights(4, 4), bias], y, 'input 0 is float32; only int8 is supported'],
    ['Gemm', { clamp: ALL }, [x, { ...weights(4, 4), scales: new Float32Array(3).fill(1) }, bias], y, 'has 3 scales'],
    ['Add', { clamp: ALL }, [x, { ...x, scale: 0 }], y, '"x1" has the scale 0; scales are positive and finite'],
    ['Gemm', { clamp: ALL }, [x, { ...weights(4, 4), scales: new Float32Array(4) }, bias], y, 'has the scale 0'],
    ['Add', { clamp: ALL }, [x, x], { ...y, zeroPoint: 128 }, '"y" has the zero point 128; −128 to 127 are possible'],
    ['AveragePool', { ...window, strides: [] }, [{ ...x, shape: [1, 1, 4] }], { ...y, shape: [1, 1, 3] }, 'do not go'],
    ['Conv', { ...window, group: 2, clamp: ALL }, [x, weights(4, 4, 2), bias], y, 'do not go together'],
    ['MatMul', { clamp: ALL }, [x, x], y, '[1,4] × [1,4] to [1,4] do not go together'],
    ['Add', { clamp: ALL }, [x, { ...x, shape: [3], codes: new Int8Array(3) }], y, 'do not spread to [1,4]'],
    ['Add', { clamp: ALL }, [x, reals], y, 'input 1 is float32; only int8 is supported'],
    ['Div', {}, [x, x], { shape: [1, 4] }, 'input 0 is int8; only float32 is supported'],
    ['Clip', { clamp: ALL }, [x], { ...y, shape: [1, 5] }, 'differ in the number of elements'],
    ['LookUp', { function: 'Gelu', table: new Int8Array(255) }, [x], y, 'a table has 256 codes, not 255'],
    ['Softmax', {}, [x], y, 'output scale 1, zero point 0; only 1/256 and −128 are supported'],
    ['LpNormalization', {}, [x], y, 'output scale 1, zero point 0; only 1/128 and 0 are supported'],
    ['LayerNormalization', { epsilon: 0 }, [x, reals, { shape: [3], reals: new Float32Array(3) }], y, 'a bias of 3'],
    ['ReduceMean', { axes: [1] }, [x], y, '[1,4] over the axes 1 does not give [1,4]'],
    ['MaxPool', window, [x], { ...y, scale: 2 }, 'keeps codes, but its input has scale 1'],
    ['AveragePool', window, [x], y, 'x [1,4], y [1,4] and a kernel of 2 do not go together'],
    ['Reshape', {}, [x], { ...y, shape: [5] }, 'differ in the number of elements'],
    ['Transpose', { perm: [1, 0] }, [x], y, '[1,4] permuted by 1,0 is not [1,4]'],
    ['Slice', { starts: [0, 1], steps: [1, 1] }, [x], y, 'lead out of [1,4]'],
    ['Concat', { axis: 1 }, [x, x], { ...y, shape: [1, 9] }, 'inputs do not fill [1,9]'],
    ['Concat', { axis: 0 }, [{ ...x, shape: [4, 1] }], y, 'input 0 is [4,1], which does not go into [1,4]'],
    ['Gather', { axis: 1, indices: [4] }, [x], y, 'indices 4 along dimension 1 of [1,4]'],
    ['Pad', { pads: [0, 1, 0, 0] }, [x], y, '[1,4] with pads 0,1,0,0 is not [1,4]'],
    ['Expand', {}, [x], { ...y, shape: [3] }, '[1,4] does not spread to [3]'],
    ['Rescale', { factor: 2 }, [x], { ...y, zeroPoint: 1 }, 'keeps codes, but the zero points are 0, 1'],
  ];
  const named = cases.map(([operator, attributes, given, wanted, message]) => {
    return { operator, attributes, given, wanted, message };
  });
  test.each(named)('$operator: $message', ({ operator, attributes, given, wanted, message }) => {
    const run = () => runOne(operator, attributes as never, given, wanted);
    expect(run).toThrow(ExportError);
    expect(run).toThrow(`node "step" (${operator}): `);
    expect(run).toThrow(message);
  });

  test('tensors that are missing, and operators that are unknown', () => {
    const whole = graphOf('Reshape', {}, [x], y);
    const without = (name: string) => new Map([...whole.tensors].filter(([own]) => own !== name));
    expect(() => new IntegerInterpreter({ ...whole, tensors: without('x0') })).toThrow('has no tensor "x0"');
    expect(() => new IntegerInterpreter({ ...whole, tensors: without('y') })).toThrow('has no tensor "y"');
    const operations = [{ ...whole.operations[0]!, operator: 'Erf' }] as unknown as IntegerGraph['operations'];
    expect(() => new IntegerInterpreter({ ...whole, operations })).toThrow('node "step" (Erf): is unknown');
  });

  test('constants of another size than their shape', () => {
    const whole = graphOf('Reshape', {}, [{ ...x, shape: [5], constant: true }], { ...y, shape: [5] });
    expect(() => new IntegerInterpreter(whole)).toThrow('tensor "x0" has 4 elements, its shape [5] says 5');
  });
});
