import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { decodeModel, encodeModel, GraphBuilder, tensor, toHalfPrecision, toSinglePrecision } from '../src/index.js';
import { halfOf, valueOfHalf } from '../src/passes/half.js';

describe('float16', () => {
  test.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x3c00, 1],
    [0xc248, -3.140625],
    [0x7bff, 65_504],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('the pattern %i is %d', (pattern, value) => {
    expect(valueOfHalf(pattern)).toBe(value);
  });

  test('every bit pattern of a finite value comes back', () => {
    const patterns = Array.from({ length: 0x10000 }, (_, pattern) => pattern);
    const changed = patterns.filter((pattern) => {
      const value = valueOfHalf(pattern);
      return Number.isFinite(value) && halfOf(value) !== pattern;
    });
    expect(changed).toEqual([]);
  });

  test.each([
    ['ties to even, down', 1 + 2 ** -11, 1],
    ['ties to even, up', 1 + 3 * 2 ** -11, 1 + 2 ** -9],
    ['just above a tie', 1 + 2 ** -11 + 2 ** -20, 1 + 2 ** -10],
    ['a carry into the exponent', 2 - 2 ** -13, 2],
    ['the smallest subnormal', 2 ** -24, 2 ** -24],
    ['half of it, to even', 2 ** -25, 0],
    ['a little more than half of it', 2 ** -25 + 2 ** -40, 2 ** -24],
    ['the largest subnormal and a bit', 2 ** -14 - 2 ** -26, 2 ** -14],
    ['next to nothing', 1e-12, 0],
  ])('%s', (_, value, expected) => {
    expect(valueOfHalf(halfOf(value))).toBe(expected);
    expect(valueOfHalf(halfOf(-value))).toBe(-expected);
  });
});

describe('half precision', () => {
  const weights = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i) / 7);
  function modelOf(data: Float32Array) {
    const graph = new GraphBuilder('product');
    const x = graph.input('x', 'float32', ['N', 64]);
    graph.output('y', graph.matMul(x, graph.constant(tensor('weight', 'float32', [64, 64], data))));
    return graph.build();
  }

  async function run(bytes: Uint8Array) {
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
    const x = Float32Array.from({ length: 64 }, (_, i) => Math.cos(i));
    const { y } = await session.run({ x: new OrtTensor('float32', x, [1, 64]) });
    await session.release();
    return y!.data as Float32Array;
  }

  test('halves the file; what it computes is that of the rounded weights', async () => {
    const whole = encodeModel(modelOf(weights));
    const half = encodeModel(toHalfPrecision(modelOf(weights)));
    expect(half.length).toBeLessThan(0.55 * whole.length);
    const rounded = weights.map((weight) => valueOfHalf(halfOf(weight)));
    expect(rounded).not.toEqual(weights);
    expect(await run(half)).toEqual(await run(encodeModel(modelOf(rounded))));
    expect(decodeModel(half).graph.initializers.map(({ dtype }) => dtype)).toEqual(['float16']);
  });

  test('what float16 cannot hold, and what is small, stays float32', () => {
    const large = weights.map((weight, i) => (i === 17 ? 70_000 : weight));
    expect(toHalfPrecision(modelOf(large)).graph.initializers[0]!.dtype).toBe('float32');
    const graph = new GraphBuilder('sum');
    graph.output(
      'y',
      graph.add(graph.input('x', 'float32', [4]), graph.constant(tensor('b', 'float32', [4], [1, 2, 3, 4]))),
    );
    const model = graph.build();
    expect(toHalfPrecision(model)).toEqual(model);
  });

  test('is taken back: the same graph, with the rounded weights', () => {
    const model = modelOf(weights);
    const rounded = weights.map((weight) => valueOfHalf(halfOf(weight)));
    expect(toSinglePrecision(decodeModel(encodeModel(toHalfPrecision(model))))).toEqual(
      decodeModel(encodeModel(modelOf(rounded))),
    );
    expect(toSinglePrecision(model)).toEqual(model);
  });

  test('what others read as float16, or is cast to something else, stays', () => {
    const graph = new GraphBuilder('halves');
    const half = graph.constant(tensor('half', 'float16', [2], new Uint16Array([0x3c00, 0x4000])));
    graph.output('wide', graph.cast(half, { to: 'float32' }));
    graph.output('again', graph.cast(half, { to: 'float32' }));
    const other = graph.constant(tensor('other', 'float16', [1], new Uint16Array([0x3c00])));
    graph.output('double', graph.cast(other, { to: 'float64' }));
    const model = graph.build();
    expect(toSinglePrecision(model)).toEqual(model);
  });
});
