/** What an int8 graph holds of small networks, and the codes that a range is given. */
import { describe, expect, test } from '@jest/globals';
import { GraphBuilder, GraphError, int8Parameters, quantizedValues, tensor, type Value } from '../src/index.js';

/** A constant of ones. */
function ones(g: GraphBuilder, name: string, ...shape: number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  return g.constant(tensor(name, 'float32', shape, new Float32Array(count).fill(1)));
}

function normalised(g: GraphBuilder, x: Value, name: string): Value {
  const [scale, bias, mean, variance] = ['scale', 'bias', 'mean', 'variance'].map((part) =>
    ones(g, `${name}.${part}`, x.shape[1] as number),
  );
  return g.batchNormalization(x, scale!, bias!, mean!, variance!, { name });
}

const signal = (g: GraphBuilder) => g.input('x', 'float32', ['N', 4, 8]);
const rows = (g: GraphBuilder) => g.input('x', 'float32', ['N', 6, 4]);
const conv = (g: GraphBuilder, x: Value, name: string) =>
  g.conv(x, ones(g, `${name}.w`, 4, 4, 3), { pads: [1, 1], name });

type Build = (g: GraphBuilder) => Value | readonly Value[];

/** Held values by name; weights as `name axis`. */
function heldOf(build: Build) {
  const g = new GraphBuilder('small');
  const results = build(g);
  ('name' in results ? [results] : results).forEach((value, index) => {
    g.output(`y${index}`, value);
  });
  const { weights, activations } = quantizedValues(g.build().graph);
  return {
    weights: weights.map(({ value, axis }) => `${value} ${axis}`),
    activations: activations.map(({ value }) => value),
    all: activations,
    readers: weights.map(({ readers }) => readers.map(({ node, input }) => `${node.name} ${input}`)),
  };
}

const kept: Record<string, [Build, weights: string[], activations: string[]]> = {
  'behind normalisation and Relu, not before': [
    (g) => g.relu(normalised(g, conv(g, signal(g), 'a'), 'bn')),
    ['a.w 0'],
    ['x', 'y0'],
  ],
  'behind a normalisation that follows no convolution': [
    (g) => g.sigmoid(normalised(g, g.gelu(signal(g), { name: 'gelu' }), 'bn')),
    [],
    ['x', 'gelu', 'bn', 'y0'],
  ],
  'a convolution that others read before its normalisation': [
    (g) => {
      const x = conv(g, signal(g), 'a');
      return g.add(normalised(g, x, 'bn'), x);
    },
    ['a.w 0'],
    ['x', 'a', 'bn', 'y0'],
  ],
  'a convolution whose values the graph gives out': [
    (g) => {
      const x = conv(g, signal(g), 'a');
      return [x, g.relu(x)];
    },
    ['a.w 0'],
    ['x', 'y0', 'y1'],
  ],
  'both sides of a residual sum, and the sum behind its Relu': [
    (g) => {
      const x = signal(g);
      return g.relu(g.add(normalised(g, conv(g, x, 'a'), 'bn'), x));
    },
    ['a.w 0'],
    ['x', 'bn', 'y0'],
  ],
  'a product behind its bias': [
    (g) => g.gelu(g.add(g.matMul(rows(g), ones(g, 'w', 4, 5)), ones(g, 'b', 5), { name: 'biased' })),
    ['w 1'],
    ['x', 'biased', 'y0'],
  ],
  'a product behind bias and Relu, the bias first': [
    (g) => g.relu(g.add(ones(g, 'b', 5), g.matMul(rows(g), ones(g, 'w', 4, 5)))),
    ['w 1'],
    ['x', 'y0'],
  ],
  'what is added to a product along its rows is no bias': [
    (g) => g.add(g.matMul(rows(g), ones(g, 'w', 4, 5), { name: 'product' }), ones(g, 'positions', 6, 5)),
    ['w 1', 'positions undefined'],
    ['x', 'product', 'y0'],
  ],
  'Gemm by either order of its weight': [
    (g) => {
      const hidden = g.gemm(g.input('x', 'float32', ['N', 4]), ones(g, 'w', 4, 5), ones(g, 'b', 5), { name: 'hidden' });
      return g.gemm(hidden, ones(g, 'v', 3, 5), { transB: true });
    },
    ['w 1', 'v 0'],
    ['x', 'hidden', 'y0'],
  ],
  'a product of two activations, and its codes under another scale': [
    (g) => {
      const x = rows(g);
      const products = g.matMul(x, g.transpose(x, { perm: [0, 2, 1] }), { name: 'products' });
      return g.softmax(g.mul(products, g.float32(0.5)));
    },
    [],
    ['x', 'products', 'y0'],
  ],
  'one number on the other side, and a division': [
    (g) => g.relu(g.div(g.mul(g.float32(3), g.gelu(rows(g), { name: 'gelu' })), g.float32(2))),
    [],
    ['x', 'gelu', 'y0'],
  ],
  'a negative number turns the codes round': [(g) => g.mul(rows(g), g.float32(-2)), [], ['x', 'y0']],
  'nothing where elements only move': [
    (g) => {
      const x = rows(g);
      const [a, b] = g.split(g.pad(g.transpose(x, { perm: [0, 2, 1] }), g.int64([0, 0, 1, 0, 0, 1])), g.int64([4, 4]), {
        axis: 2,
        name: 'halves',
      }) as [Value, Value];
      return g.maxPool(g.add(a, b, { name: 'sum' }), { kernel_shape: [2] });
    },
    [],
    ['x', 'sum'],
  ],
  'padding with anything but zeros': [
    (g) => g.relu(g.pad(rows(g), g.int64([0, 0, 1, 0, 0, 1]), g.float32(2), { name: 'padded' })),
    [],
    ['x', 'padded', 'y0'],
  ],
  'a weight that is computed from an initializer': [
    (g) => {
      const half = g.constant(tensor('w/half', 'float16', [4, 5], new Uint16Array(20)));
      return g.matMul(rows(g), g.cast(half, { to: 'float32', name: 'w' }));
    },
    ['w 1'],
    ['x', 'y0'],
  ],
  'floats alone': [
    (g) => g.reduceMean(g.gather(rows(g), g.input('rows', 'int64', [2]), { axis: 1 }), g.int64([1])),
    [],
    ['x', 'y0'],
  ],
};

describe('held as int8:', () => {
  test.each(Object.entries(kept))('%s', (_, [build, weights, activations]) => {
    expect(heldOf(build)).toMatchObject({ weights, activations });
  });

  test('a weight that several nodes read is listed once, with all of them', () => {
    const { weights, readers } = heldOf((g) => {
      const [x, w] = [rows(g), ones(g, 'w', 4, 4)];
      return g.matMul(g.matMul(x, w, { name: 'first' }), w, { name: 'second' });
    });
    expect(weights).toEqual(['w 1']);
    // The name of a graph's output is that of its value; the node keeps its own.
    expect(readers).toEqual([['first 1', 'second 1']]);
  });

  test('ranges that the operator makes, and those of another value', () => {
    const { all } = heldOf((g) => {
      const x = signal(g);
      const pooled = g.averagePool(g.transpose(x, { perm: [0, 2, 1] }), { kernel_shape: [2], name: 'pooled' });
      const halved = g.averagePool(g.mul(pooled, g.float32(0.5)), { kernel_shape: [1], name: 'halved' });
      return [g.softmax(halved), g.tanh(pooled), g.lpNormalization(pooled), g.sigmoid(pooled)];
    });
    const [upToOne, eitherSign] = [
      { least: 0, most: 255 / 256 },
      { least: -1, most: 127 / 128 },
    ];
    expect(all).toEqual([
      { value: 'x' },
      { value: 'pooled', like: 'x' },
      { value: 'halved' },
      { value: 'y0', range: upToOne },
      { value: 'y1', range: eitherSign },
      { value: 'y2', range: eitherSign },
      { value: 'y3', range: upToOne },
    ]);
    expect(int8Parameters(upToOne)).toEqual({ scale: 1 / 256, zeroPoint: -128 });
    expect(int8Parameters(eitherSign)).toEqual({ scale: 1 / 128, zeroPoint: 0 });
  });

  test('a graph that is quantized already is refused', () => {
    const build: Build = (g) => {
      const scale = g.float32(0.1);
      return g.dequantizeLinear(g.quantizeLinear(rows(g), scale, { name: 'codes' }), scale);
    };
    expect(() => heldOf(build)).toThrow(GraphError);
    expect(() => heldOf(build)).toThrow('node "codes" (QuantizeLinear): the graph is quantized already');
  });
});

describe('int8 parameters of a range', () => {
  test.each([
    [-1, 1],
    [0, 6],
    [-3, 0.001],
    [2, 5],
    [-7, -6],
    [-1e-6, 3e4],
    [1e-30, 2e-30],
  ])('%d … %d: 0 has a code, and the codes reach both ends but for a step', (least, most) => {
    const { scale, zeroPoint } = int8Parameters({ least, most });
    expect(Math.fround(scale)).toBe(scale);
    expect(Number.isInteger(zeroPoint)).toBe(true);
    const [low, high] = [scale * (-128 - zeroPoint), scale * (127 - zeroPoint)];
    expect(zeroPoint).toBeGreaterThanOrEqual(-128);
    expect(zeroPoint).toBeLessThanOrEqual(127);
    expect(Math.abs(low - Math.min(least, 0))).toBeLessThanOrEqual(0.51 * scale);
    expect(Math.abs(high - Math.max(most, 0))).toBeLessThanOrEqual(0.51 * scale);
  });

  test('zeros alone have some', () => {
    expect(int8Parameters({ least: 0, most: 0 })).toEqual({ scale: 1, zeroPoint: 0 });
  });

  test.each([
    [1, -1],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('%d … %d is no range', (least, most) => {
    expect(() => int8Parameters({ least, most })).toThrow(GraphError);
  });
});
