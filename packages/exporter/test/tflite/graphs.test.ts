/** Several operations together: where transpositions stay, what is shared, what is folded. */
import { describe, expect, test } from '@jest/globals';
import { tfliteInterpreters } from '../../src/backends/tflite/interpreters.js';
import { reshapeBeforeSlice } from '../../src/backends/tflite/rewrites/reshape-before-slice.js';
import { ALL_CODES, describeTflite, type IntegerGraph, IntegerInterpreter, toTflite } from '../../src/index.js';
import { biases, codes, constant, integerGraph, randomInputs, weights } from './integer-graphs.js';

const Q = [0.05, -3] as const;

function operatorsOf(graph: IntegerGraph): string[] {
  return describeTflite(toTflite(graph)).operators.map(({ operator }) => operator);
}

/** Everything between the convolutions is exact, and these are within 1 step of it. */
async function expectNear(graph: IntegerGraph, within: number) {
  const inputs = randomInputs(graph, 3);
  const expected = new IntegerInterpreter(graph).run(inputs);
  for (const load of Object.values(tfliteInterpreters)) {
    const actual = await (await load(toTflite(graph))).run(inputs);
    for (const [name, values] of Object.entries(expected)) {
      const differences = Array.from(values, (value, i) => Math.abs(value - actual[name]![i]!));
      expect(Math.max(...differences)).toBeLessThanOrEqual(within);
    }
  }
}

const conv = (x: string, w: string, b: string, y: string) =>
  ({
    operator: 'Conv',
    inputs: [x, w, b],
    outputs: [y],
    attributes: { strides: [1], dilations: [1], pads: [1, 1], group: 1, clamp: ALL_CODES },
  }) as const;

/** Two convolutions, a residual, a gate for each channel, a mean and a fully connected layer. */
function residualNetwork(): IntegerGraph {
  const w1 = weights([4, 3, 3], 1);
  const w2 = weights([4, 4, 3], 2);
  const w3 = weights([5, 4], 3);
  const gate = constant([4, 1], 1 / 256, -128, [12, -100, 80, 127]);
  const tensors = {
    x: codes([1, 3, 30], 0.03, 4),
    w1,
    b1: biases(w1, 0.03, 4),
    c1: codes([1, 4, 30], 0.05, -20),
    w2,
    b2: biases(w2, 0.05, 5),
    c2: codes([1, 4, 30], 0.08, 9),
    sum: codes([1, 4, 30], 0.09, 1),
    gate,
    gated: codes([1, 4, 30], 0.07, 2),
    mean: codes([1, 4], 0.03, -5),
    w3,
    b3: biases(w3, 0.03, 6),
    y: codes([1, 5], 0.02, 0),
  };
  return integerGraph(
    tensors,
    ['x'],
    [
      conv('x', 'w1', 'b1', 'c1'),
      conv('c1', 'w2', 'b2', 'c2'),
      { operator: 'Add', inputs: ['c1', 'c2'], outputs: ['sum'], attributes: { clamp: ALL_CODES } },
      { operator: 'Mul', inputs: ['sum', 'gate'], outputs: ['gated'], attributes: { clamp: ALL_CODES } },
      { operator: 'ReduceMean', inputs: ['gated'], outputs: ['mean'], attributes: { axes: [2] } },
      { operator: 'Gemm', inputs: ['mean', 'w3', 'b3'], outputs: ['y'], attributes: { clamp: ALL_CODES } },
    ],
    ['y'],
  );
}

test('a convolutional network is transposed once, where it begins', async () => {
  expect(operatorsOf(residualNetwork())).toEqual([
    'RESHAPE',
    'TRANSPOSE',
    'CONV_2D',
    'CONV_2D',
    'ADD',
    'MUL',
    'MEAN',
    'CONV_2D',
    'RESHAPE',
  ]);
  await expectNear(residualNetwork(), 3);
});

/** Queries, keys and values of two heads cut from one product [1, 6, 24], and their answers put together again. */
function attention(): IntegerGraph {
  const heads = [1, 6, 2, 4];
  const part = (name: string, start: number, perm: number[]) =>
    [
      { operator: 'Slice', inputs: ['x'], outputs: [name], attributes: { starts: [0, 0, start], steps: [1, 1, 1] } },
      { operator: 'Reshape', inputs: [name], outputs: [`${name}2`], attributes: {} },
      { operator: 'Transpose', inputs: [`${name}2`], outputs: [`${name}3`], attributes: { perm } },
    ] as const;
  return integerGraph(
    {
      x: codes([1, 6, 24], ...Q),
      q: codes([1, 6, 8], ...Q),
      q2: codes(heads, ...Q),
      q3: codes([1, 2, 6, 4], ...Q),
      k: codes([1, 6, 8], ...Q),
      k2: codes(heads, ...Q),
      k3: codes([1, 2, 4, 6], ...Q),
      v: codes([1, 6, 8], ...Q),
      v2: codes(heads, ...Q),
      v3: codes([1, 2, 6, 4], ...Q),
      products: codes([1, 2, 6, 6], 0.3, 5),
      scores: codes([1, 2, 6, 6], 0.15, 5),
      shares: codes([1, 2, 6, 6], 1 / 256, -128),
      answers: codes([1, 2, 6, 4], 0.05, 3),
      merged: codes(heads, 0.05, 3),
      y: codes([1, 6, 8], 0.05, 3),
    },
    ['x'],
    [
      ...part('q', 0, [0, 2, 1, 3]),
      ...part('k', 8, [0, 2, 3, 1]),
      ...part('v', 16, [0, 2, 1, 3]),
      { operator: 'MatMul', inputs: ['q3', 'k3'], outputs: ['products'], attributes: { clamp: ALL_CODES } },
      { operator: 'Rescale', inputs: ['products'], outputs: ['scores'], attributes: { factor: 0.5 } },
      { operator: 'Softmax', inputs: ['scores'], outputs: ['shares'], attributes: {} },
      { operator: 'MatMul', inputs: ['shares', 'v3'], outputs: ['answers'], attributes: { clamp: ALL_CODES } },
      { operator: 'Transpose', inputs: ['answers'], outputs: ['merged'], attributes: { perm: [0, 2, 1, 3] } },
      { operator: 'Reshape', inputs: ['merged'], outputs: ['y'], attributes: {} },
    ],
    ['y'],
  );
}

describe('attention', () => {
  test('is reshaped and transposed once, and its scale is the beta of SOFTMAX', async () => {
    const { operators } = describeTflite(toTflite(attention()));
    expect(operators.map(({ operator }) => operator)).toEqual([
      'RESHAPE',
      'TRANSPOSE',
      'STRIDED_SLICE',
      'STRIDED_SLICE',
      'STRIDED_SLICE',
      'BATCH_MATMUL',
      'SOFTMAX',
      'BATCH_MATMUL',
      'TRANSPOSE',
      'RESHAPE',
    ]);
    expect(operators.find(({ operator }) => operator === 'SOFTMAX')!.options).toEqual({ beta: 0.5 });
    await expectNear(attention(), 2);
  });

  test('reshaping before cutting keeps every code', () => {
    const graph = attention();
    const inputs = randomInputs(graph, 8);
    const rewritten = reshapeBeforeSlice(graph);
    expect(rewritten.operations.filter(({ operator }) => operator === 'Reshape')).toHaveLength(2);
    expect(new IntegerInterpreter(rewritten).run(inputs)).toEqual(new IntegerInterpreter(graph).run(inputs));
  });

  test('parts that do not end between heads are left alone', () => {
    const graph = integerGraph(
      { x: codes([1, 6, 10], ...Q), a: codes([1, 6, 4], ...Q), y: codes([1, 6, 1, 4], ...Q) },
      ['x'],
      [
        { operator: 'Slice', inputs: ['x'], outputs: ['a'], attributes: { starts: [0, 0, 3], steps: [1, 1, 1] } },
        { operator: 'Reshape', inputs: ['a'], outputs: ['y'], attributes: {} },
      ],
      ['y'],
    );
    expect(reshapeBeforeSlice(graph)).toEqual(graph);
  });
});

describe('outputs', () => {
  test('that are an input, or each other, are tensors of their own', async () => {
    const base = integerGraph(
      { x: codes([1, 6, 1], ...Q), y: codes([6, 1], ...Q) },
      ['x'],
      [{ operator: 'Reshape', inputs: ['x'], outputs: ['y'], attributes: {} }],
      ['x', 'y'],
    );
    const graph = { ...base, outputs: [...base.outputs, { name: 'again', tensor: 'y' }] };
    const { outputs, inputs } = describeTflite(toTflite(graph));
    expect(outputs.map(({ name }) => name)).toEqual(['X', 'Y', 'again']);
    expect(new Set([...outputs, ...inputs].map(({ tensor }) => tensor)).size).toBe(4);
    await expectNear(graph, 0);
  });
});
