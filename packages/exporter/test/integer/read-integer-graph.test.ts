/** What operations QDQ graphs become, and which graphs are refused. */
import { describe, expect, test } from '@jest/globals';
import type { AnyOperation, CodeTensor, IntegerGraph } from '../../src/integer/integer-graph.js';
import { ALL_CODES } from '../../src/integer/operations.js';
import { readIntegerGraph } from '../../src/integer/read-integer-graph.js';
import { QdqBuilder } from './qdq-builder.js';

const kinds = ({ operations }: IntegerGraph) => operations.map(({ operator }) => operator);
const codes = (graph: IntegerGraph, name: string) => graph.tensors.get(name) as CodeTensor;
const only = <K extends AnyOperation['operator']>(graph: IntegerGraph, operator: K) => {
  const found = graph.operations.filter((one) => one.operator === operator);
  expect(found).toHaveLength(1);
  return found[0] as Extract<AnyOperation, { operator: K }>;
};

describe('products', () => {
  test('a convolution takes its bias and the Relu behind it, and the batch becomes 1', () => {
    const b = new QdqBuilder();
    const x = b.input('x', ['N', 2, 9]);
    const bias = b.bias(
      [5, -7, 9],
      [0, 1, 2].map((i) => Math.fround(0.05) * ((i + 1) / 100)),
    );
    const y = b.g.relu(b.g.conv(x, b.weight([3, 2, 3], 0), bias, { strides: [2], pads: [1, 1], name: 'conv' }));
    const graph = readIntegerGraph(b.build({ y: b.pair(y, 0.1, -20) }));
    expect(kinds(graph)).toEqual(['Conv']);
    const conv = only(graph, 'Conv');
    expect(conv.name).toBe('conv');
    expect(conv.attributes).toEqual({
      ...{ strides: [2], dilations: [1], pads: [1, 1], group: 1 },
      clamp: { least: -20, most: 127 },
    });
    expect(codes(graph, conv.inputs[0]!).shape).toEqual([1, 2, 9]);
    expect(codes(graph, conv.inputs[1]!).quantization.axis).toBe(0);
    expect(graph.tensors.get(conv.inputs[2]!)).toMatchObject({ dtype: 'int32', data: Int32Array.of(5, -7, 9) });
    expect(graph.inputs).toEqual(['x']);
    expect(graph.outputs).toEqual([{ name: 'y', tensor: conv.outputs[0] }]);
    expect(codes(graph, conv.outputs[0]!)).toMatchObject({ shape: [1, 3, 5], quantization: { zeroPoint: -20 } });
  });

  test('padding is written out, as much as the last window needs', () => {
    const b = new QdqBuilder();
    const x = b.input('x', [1, 1, 10, 7]);
    const y = b.g.conv(x, b.weight([1, 1, 3, 2], 0), undefined, { auto_pad: 'SAME_UPPER', strides: [3, 1] });
    const { attributes } = only(readIntegerGraph(b.build({ y: b.pair(y) })), 'Conv');
    expect(attributes).toMatchObject({ pads: [1, 0, 1, 1], strides: [3, 1] });
  });

  test('MatMul with a constant, its bias and its Relu are one Gemm of weights [O, I]', () => {
    const b = new QdqBuilder();
    const x = b.input('x', ['N', 4, 2]);
    const y = b.g.relu(b.g.add(b.real([3], [0.1, -0.2, 0.3]), b.g.matMul(x, b.weight([2, 3], 1))));
    const graph = readIntegerGraph(b.build({ y: b.pair(y, 0.1, 4) }));
    expect(kinds(graph)).toEqual(['Gemm']);
    const [, weight, bias] = only(graph, 'Gemm').inputs as [string, string, string];
    expect(codes(graph, weight)).toMatchObject({ shape: [3, 2], data: Int8Array.of(1, 4, 2, 5, 3, 6) });
    expect(codes(graph, weight).quantization.axis).toBe(0);
    // 0.1 / (0.05 · 0.01), −0.2 / (0.05 · 0.02), 0.3 / (0.05 · 0.03)
    expect(graph.tensors.get(bias)).toMatchObject({ data: Int32Array.of(200, -200, 200) });
    expect(only(graph, 'Gemm').attributes.clamp).toEqual({ least: 4, most: 127 });
  });

  test('Gemm keeps weights that are [O, I] already; one scale is spread over the channels', () => {
    const b = new QdqBuilder();
    const y = b.g.gemm(b.input('x', ['N', 2]), b.weight([3, 2]), undefined, { transB: true });
    const graph = readIntegerGraph(b.build({ y: b.pair(y) }));
    const [, weight, bias] = only(graph, 'Gemm').inputs as [string, string, string];
    expect(codes(graph, weight).data).toEqual(Int8Array.of(1, 2, 3, 4, 5, 6));
    expect(codes(graph, weight).quantization.scales).toEqual(new Float32Array(3).fill(0.01));
    expect(graph.tensors.get(bias)).toMatchObject({ data: new Int32Array(3) });
  });

  test('products of activations are MatMul', () => {
    const b = new QdqBuilder();
    const y = b.g.matMul(b.input('x', ['N', 2, 5, 3]), b.input('k', ['N', 2, 3, 4]));
    expect(kinds(readIntegerGraph(b.build({ y: b.pair(y) })))).toEqual(['MatMul']);
  });

  test('a product whose output is no code, or read before it is, is refused by name', () => {
    const b = new QdqBuilder();
    const y = b.g.conv(b.input('x', [1, 1, 5]), b.weight([1, 1, 1], 0), undefined, { name: 'open' });
    const twice = b.g.add(b.pair(y), y);
    expect(() => readIntegerGraph(b.build({ y: b.pair(twice) }))).toThrow(/node "open" \(Conv\): .*not quantized/);
  });

  test('a product of real numbers is refused', () => {
    const b = new QdqBuilder();
    const x = b.g.relu(b.input('x', [1, 1, 5]));
    const y = b.g.conv(x, b.weight([1, 1, 1], 0), undefined, { name: 'real' });
    expect(() => readIntegerGraph(b.build({ y: b.pair(y) }))).toThrow(/node "real" \(Conv\): reads real numbers/);
  });

  test('a float32 weight is refused', () => {
    const b = new QdqBuilder();
    const y = b.g.conv(b.input('x', [1, 1, 5]), b.real([1, 1, 1], [1]), undefined, { name: 'float' });
    expect(() => readIntegerGraph(b.build({ y: b.pair(y) }))).toThrow(/node "float" \(Conv\): weight .* no int8/);
  });
});

describe('element by element', () => {
  test('codes with pairs behind them are added as codes, with what a Clip leaves', () => {
    const b = new QdqBuilder();
    const [x, z] = [b.input('x', ['N', 4]), b.input('z', ['N', 4])];
    const y = b.g.clip(b.g.add(x, z), b.g.float32(-1), b.g.float32(1));
    const graph = readIntegerGraph(b.build({ y: b.pair(y, 0.1, 10) }));
    expect(kinds(graph)).toEqual(['Add']);
    expect(only(graph, 'Add').attributes.clamp).toEqual({ least: 0, most: 20 });
  });

  test('a value without a pair is a float island: codes go in, codes come out', () => {
    const b = new QdqBuilder();
    const x = b.input('x', ['N', 4]);
    const sum = b.g.add(x, b.input('z', ['N', 4]), { name: 'sum' });
    const y = b.g.mul(sum, b.pair(sum));
    const graph = readIntegerGraph(b.build({ y: b.pair(y) }));
    expect(kinds(graph)).toEqual([
      'DequantizeLinear',
      'DequantizeLinear',
      'Add',
      'QuantizeLinear',
      'DequantizeLinear',
      'Mul',
      'QuantizeLinear',
    ]);
    expect(graph.tensors.get('sum')).toEqual({ name: 'sum', dtype: 'float32', shape: [1, 4] });
  });

  test('one positive factor without a pair behind it only changes the scale', () => {
    const b = new QdqBuilder();
    const scores = b.g.mul(b.input('x', ['N', 4], 0.5, 1), b.g.float32(0.25), { name: 'scores' });
    const y = b.pair(b.g.softmax(scores, { axis: -1 }), 1 / 256, -128);
    const graph = readIntegerGraph(b.build({ y }));
    expect(kinds(graph)).toEqual(['Rescale', 'Softmax']);
    expect(codes(graph, 'scores').quantization).toMatchObject({ scales: Float32Array.of(0.125), zeroPoint: 1 });
  });

  test('a single number takes part as a code that stands for it', () => {
    const b = new QdqBuilder();
    const y = b.g.sub(b.input('x', ['N', 4]), b.g.float32(-2));
    const graph = readIntegerGraph(b.build({ y: b.pair(y) }));
    const number = codes(graph, only(graph, 'Sub').inputs[1]!);
    expect(number.data).toEqual(Int8Array.of(-127));
    expect(number.quantization.scales[0]! * -127).toBeCloseTo(-2, 6);
  });

  test('functions of one code are tables', () => {
    const b = new QdqBuilder();
    const y = b.pair(b.g.sigmoid(b.input('x', ['N', 4], 0.02, 0)), 1 / 256, -128);
    const { attributes } = only(readIntegerGraph(b.build({ y })), 'LookUp');
    expect(attributes.function).toBe('Sigmoid');
    expect(attributes.table[128]).toBe(0);
    expect(attributes.table[255]).toBe(Math.round(256 / (1 + Math.exp(-2.54))) - 128);
  });

  test('a Relu that stands alone goes from scale to scale', () => {
    const b = new QdqBuilder();
    const x = b.input('x', ['N', 4]);
    const graph = readIntegerGraph(b.build({ y: b.pair(b.g.relu(x), 0.02, -128) }));
    expect(only(graph, 'Clip').attributes.clamp).toEqual({ least: -128, most: 127 });
  });
});

describe('normalisations and moves', () => {
  test('LayerNormalization reads codes or real numbers', () => {
    const b = new QdqBuilder();
    const [gamma, beta] = [b.real([4], [1, 1, 1, 1]), b.real([4], [0, 0, 0, 0])];
    const sum = b.g.add(b.input('x', ['N', 4]), b.input('z', ['N', 4]));
    const y = b.pair(b.g.layerNormalization(sum, gamma, beta));
    const graph = readIntegerGraph(b.build({ y: b.pair(b.g.layerNormalization(y, gamma, beta)) }));
    const norms = graph.operations.filter(({ operator }) => operator === 'LayerNormalization');
    const inputs = norms.map(({ inputs }) => graph.tensors.get(inputs[0]!)!.dtype);
    expect(inputs).toEqual(['float32', 'int8']);
  });

  test('Split becomes slices, Flatten a Reshape, GlobalAveragePool a mean; codes stay what they are', () => {
    const b = new QdqBuilder();
    const x = b.input('x', ['N', 6, 3], 0.5, 7);
    const [, second] = b.g.split(x, b.g.int64([2, 4]), { axis: -2, name: 'split' });
    const mean = b.pair(b.g.globalAveragePool(second!));
    const graph = readIntegerGraph(b.build({ y: b.g.flatten(mean, { name: 'flat' }) }));
    expect(kinds(graph)).toEqual(['Slice', 'Slice', 'ReduceMean', 'Reshape']);
    expect(graph.operations[1]!.attributes).toEqual({ starts: [0, 2, 0], steps: [1, 1, 1] });
    expect(codes(graph, 'split.1')).toMatchObject({ shape: [1, 4, 3], quantization: { zeroPoint: 7 } });
    expect(codes(graph, 'y').shape).toEqual([1, 4]);
  });

  test('a pair of the same scale behind a move is the same tensor, another scale a Requantize', () => {
    const b = new QdqBuilder();
    const x = b.input('x', ['N', 2, 3], 0.5, 7);
    const same = b.pair(b.g.transpose(x, { perm: [0, 2, 1] }), 0.5, 7);
    expect(kinds(readIntegerGraph(b.build({ y: b.g.relu(b.pair(same, 0.25, 7)) })))).toEqual([
      'Transpose',
      'Requantize',
      'DequantizeLinear',
      'FloatClip',
    ]);
  });

  test('what cannot be int8 is refused with the name of the node', () => {
    const b = new QdqBuilder();
    const y = b.pair(b.g.softmax(b.input('x', ['N', 4, 3]), { axis: 1, name: 'columns' }), 1 / 256, -128);
    expect(() => readIntegerGraph(b.build({ y }))).toThrow(/node "columns" \(Softmax\): goes along axis 1/);
    const open = new QdqBuilder();
    const relu = open.g.relu(open.g.input('x', 'float32', ['N', 4]));
    expect(() => readIntegerGraph(open.build({ y: relu }))).toThrow(/graph input "x" is not quantized/);
  });
});

test('without a clamp all codes are left', () => {
  const b = new QdqBuilder();
  const y = b.g.mul(b.input('x', ['N', 4]), b.input('z', ['N', 4]));
  expect(only(readIntegerGraph(b.build({ y: b.pair(y) })), 'Mul').attributes.clamp).toEqual(ALL_CODES);
});
