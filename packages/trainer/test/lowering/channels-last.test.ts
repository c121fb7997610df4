/** Graphs replayed with the channels last against the same graphs as they are. */
import { GraphBuilder, type Model, quantizedValues, tensor, type Value } from '@edgebeat/graph';
import { deitMicro, dt4ecg, resnet34 } from '@edgebeat/models';
import { describe, expect, test } from '@jest/globals';
import { fakeQuantized } from '../../src/quantization/fake-quantized.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { compute, expectAlike } from './compare-lowered.js';

/** A graph of one input `x` [N, 4, length]. */
function graphOf(length: number, build: (g: GraphBuilder, x: Value) => Value): Model {
  const g = new GraphBuilder('small');
  g.output('y', build(g, g.input('x', 'float32', ['N', 4, length])));
  return g.build();
}

/** Weights of 0, in whose place random ones are fed. */
function weights(g: GraphBuilder, name: string, shape: readonly number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  return g.constant(tensor(name, 'float32', shape, new Float32Array(count)));
}

function normalised(g: GraphBuilder, x: Value, name: string): Value {
  const parts = ['scale', 'shift', 'mean', 'variance'] as const;
  const [scale, shift, mean, variance] = parts.map((part) => weights(g, `${name}.${part}`, [x.shape[1] as number]));
  return g.batchNormalization(x, scale!, shift!, mean!, variance!, { epsilon: 1e-3 });
}

async function expectSame(
  model: Model,
  options: Parameters<typeof compute>[2] = {},
): Promise<{ readonly lowered: readonly string[]; readonly plain: readonly string[] }> {
  const [lowered, plain] = [await compute(model, 'channels last', options), await compute(model, 'as it is', options)];
  expectAlike(lowered, plain);
  return { lowered: lowered.operators, plain: plain.operators };
}

describe('a convolution', () => {
  const windows = [
    { taps: 1 },
    { taps: 3, pads: [1, 1] },
    { taps: 7, pads: [3, 3] },
    { taps: 5 },
    { taps: 4, pads: [3, 0] },
    { taps: 3, pads: [4, 5] },
    { taps: 1, strides: [2] },
    { taps: 3, pads: [1, 1], strides: [2] },
    { taps: 7, pads: [3, 3], strides: [2] },
    { taps: 7, pads: [2, 4], strides: [4] },
    { taps: 2, strides: [3] },
    { taps: 3, pads: [2, 2], dilations: [2] },
    { taps: 4, pads: [1, 2], strides: [2], dilations: [3] },
    { taps: 3, strides: [2], auto_pad: 'SAME_UPPER' },
    { taps: 4, auto_pad: 'SAME_LOWER' },
  ] as const;
  const cases = windows.flatMap((window) =>
    [19, 24].map((length) => [JSON.stringify(window), length, window] as const),
  );

  test.each(cases)('%s of a signal of %d', async (_, length, { taps, ...attributes }) => {
    const operators = await expectSame(
      graphOf(length, (g, x) => g.conv(x, weights(g, 'w', [5, 4, taps]), { kernel_shape: [taps], ...attributes })),
    );
    expect(operators.plain).toContain('Conv');
    expect(operators.lowered).not.toContain('Conv');
  });

  test('with a bias', async () => {
    await expectSame(
      graphOf(9, (g, x) => g.conv(x, weights(g, 'w', [2, 4, 3]), weights(g, 'b', [2]), { pads: [1, 1] })),
    );
  });

  test('in groups stays one', async () => {
    const operators = await expectSame(graphOf(9, (g, x) => g.conv(x, weights(g, 'w', [6, 2, 3]), { group: 2 })));
    expect(operators.lowered).toContain('Conv');
  });

  test('in two dimensions stays one', async () => {
    const g = new GraphBuilder('image');
    g.output('y', g.conv(g.input('x', 'float32', ['N', 2, 5, 6]), weights(g, 'w', [3, 2, 3, 2])));
    expect((await expectSame(g.build())).lowered).toContain('Conv');
  });
});

describe('what surrounds convolutions', () => {
  const conv = (g: GraphBuilder, x: Value, name: string, filters = 4) =>
    g.conv(x, weights(g, name, [filters, x.shape[1] as number, 3]), { pads: [1, 1] });

  const graphs: Record<string, (g: GraphBuilder, x: Value) => Value> = {
    'normalization and Relu': (g, x) => g.relu(normalised(g, conv(g, x, 'w'), 'bn')),
    'a residual block': (g, x) => {
      const inner = g.relu(normalised(g, conv(g, x, 'w1'), 'bn1'));
      return g.relu(g.add(normalised(g, conv(g, inner, 'w2'), 'bn2'), x));
    },
    'normalization alone, of the input of a convolution': (g, x) =>
      conv(g, normalised(g, g.add(conv(g, x, 'w'), x), 'bn'), 'v'),
    'pooling to one mean': (g, x) => g.flatten(g.globalAveragePool(conv(g, x, 'w')), { axis: 1 }),
    'pooling by maxima': (g, x) =>
      conv(g, g.maxPool(conv(g, x, 'w'), { kernel_shape: [3], strides: [2], pads: [1, 1] }), 'v'),
    'gates by channel and by moment': (g, x) => {
      const y = conv(g, x, 'w');
      const channels = g.sigmoid(g.globalAveragePool(y));
      const moments = g.sigmoid(conv(g, y, 'v', 1));
      return g.add(g.mul(y, channels), g.mul(moments, y));
    },
    'a scalar factor': (g, x) => g.mul(conv(g, x, 'w'), g.float32(0.5)),
    'vectors along time': (g, x) => g.mul(conv(g, x, 'w'), g.float32([1, 2, 3, 4, 5, 6, 7, 8, 9])),
    'another order of dimensions': (g, x) =>
      g.matMul(g.transpose(conv(g, x, 'w'), { perm: [0, 2, 1] }), weights(g, 'v', [4, 2])),
    'a matrix product along time': (g, x) => g.matMul(conv(g, x, 'w'), weights(g, 'v', [9, 2])),
    'an input that others read, too': (g, x) =>
      g.add(g.sigmoid(conv(g, g.sigmoid(x), 'w')), g.reduceMean(x, g.int64([1]))),
  };

  test.each(Object.entries(graphs))('%s', async (_, build) => {
    const { lowered } = await expectSame(graphOf(9, build));
    expect(lowered).not.toContain('Conv');
    expect(lowered).not.toContain('BatchNormalization');
  });

  test('normalization by running statistics', async () => {
    const model = graphOf(9, (g, x) =>
      g.relu(normalised(g, conv(g, g.relu(normalised(g, conv(g, x, 'w'), 'a')), 'v'), 'b')),
    );
    const { lowered } = await expectSame(model, { keepsStatistics: true });
    expect(lowered).not.toContain('BatchNormalization');
  });

  test('quantization of activations and filters', async () => {
    const network = graphOf(9, (g, x) => {
      const inner = g.relu(normalised(g, conv(g, x, 'w1'), 'bn1'));
      return g.globalAveragePool(g.relu(g.add(normalised(g, conv(g, inner, 'w2'), 'bn2'), x)));
    });
    const values = quantizedValues(network.graph).activations.map(({ value }) => value);
    expect(values.length).toBe(5);
    // Narrow, so that some are clipped.
    const ranges = Object.fromEntries(values.map((value) => [value, { least: -1, most: 1 }]));
    const { lowered, plain } = await expectSame(fakeQuantized(network, ranges));
    const countOf = (operators: readonly string[], wanted: string) => operators.filter((one) => one === wanted).length;
    expect(countOf(plain, 'QuantizeLinear')).toBe(7);
    expect(countOf(lowered, 'QuantizeLinear')).toBe(7);
    // The input, both filters and their gradients, the result; nothing on the way between two pairs.
    const unquantized = (await expectSame(network)).lowered;
    expect(countOf(lowered, 'Transpose')).toBeLessThanOrEqual(countOf(unquantized, 'Transpose') + 4);
  });

  test('a signal that is given out and goes on', async () => {
    const g = new GraphBuilder('two outputs');
    const inner = conv(g, g.input('x', 'float32', ['N', 4, 9]), 'w');
    g.output('inner', inner);
    g.output('y', g.relu(conv(g, inner, 'v')));
    await expectSame(g.build());
  });

  test('nodes whose names are those that others would get', async () => {
    await expectSame(
      graphOf(9, (g, x) => {
        const y = conv(g, g.sigmoid(conv(g, x, 'w'), { name: 'Gather_0' }), 'v');
        return g.transpose(g.relu(y, { name: 'Transpose_1' }), { perm: [2, 0, 1], name: 'Gemm_0' });
      }),
    );
  });
});

describe('a whole network', () => {
  const random = () => new RandomGenerator(1);
  test.each([
    ['resnet34', () => resnet34({ classes: 5, width: 8 }, random())],
    ['resnet34 with a stem of stride 1', () => resnet34({ classes: 5, width: 4, stemStride: 1 }, random())],
    ['dt4ecg', () => dt4ecg({ persons: 4, activities: 3, samples: 251, channels: [8, 8, 12, 16] }, random())],
    ['deit-micro', () => deitMicro({ classes: 5 }, random())],
    ['deit-micro of patches', () => deitMicro({ classes: 5, stem: 'patch' }, random())],
  ] as const)(
    '%s',
    async (_, build) => {
      const { lowered } = await expectSame(build());
      expect(lowered).not.toContain('Conv');
      expect(lowered).not.toContain('BatchNormalization');
    },
    60_000,
  );
});
