/** Parameters and multiply-accumulates of graphs small enough to count by hand. */
import { describe, expect, test } from '@jest/globals';
import { countMacs, countParameters, GraphBuilder, parametersOf, tensor } from '../src/index.js';

const weight = (name: string, ...shape: number[]) =>
  tensor(name, 'float32', shape, new Float32Array(shape.reduce((product, size) => product * size, 1)));

function macs(build: (g: GraphBuilder) => ReturnType<GraphBuilder['relu']>): number {
  const g = new GraphBuilder('g');
  g.output('y', build(g));
  return countMacs(g.build());
}

describe('counts by hand', () => {
  test('a strided, padded, grouped convolution', () => {
    const count = macs((g) =>
      g.conv(g.input('x', 'float32', ['N', 4, 10]), g.constant(weight('w', 6, 2, 3)), g.constant(weight('b', 6)), {
        strides: [2],
        pads: [1, 1],
        group: 2,
      }),
    );
    // Five positions of six filters, two channels and three taps each.
    expect(count).toBe(5 * 6 * 2 * 3);
  });

  test('Gemm, plain and with the inner dimension first', () => {
    expect(macs((g) => g.gemm(g.input('x', 'float32', ['N', 4]), g.constant(weight('w', 4, 6))))).toBe(24);
    const turned = { transA: true, transB: true };
    expect(macs((g) => g.gemm(g.input('x', 'float32', [4, 5]), g.constant(weight('w', 6, 4)), turned))).toBe(5 * 6 * 4);
  });

  test('MatMul with a weight and between activations', () => {
    const count = macs((g) => {
      const x = g.matMul(g.input('x', 'float32', ['N', 5, 8]), g.constant(weight('w', 8, 6)));
      return g.matMul(x, g.transpose(x, { perm: [0, 2, 1] }));
    });
    expect(count).toBe(5 * 8 * 6 + 5 * 6 * 5);
  });

  test('a fixed batch counts whole', () => {
    expect(macs((g) => g.gemm(g.input('x', 'float32', [3, 4]), g.constant(weight('w', 4, 6))))).toBe(3 * 24);
  });

  test('learnt tensors, and neither statistics nor shapes nor scalars', () => {
    const g = new GraphBuilder('g');
    const x = g.reshape(g.input('x', 'float32', ['N', 8]), g.int64([0, 2, 4]));
    const [scale, bias, mean, variance] = ['scale', 'bias', 'mean', 'var'].map((name) => g.constant(weight(name, 2)));
    const normalised = g.batchNormalization(x, scale!, bias!, mean!, variance!);
    g.output('y', g.matMul(g.mul(normalised, g.float32(0.5)), g.constant(weight('w', 4, 3))));
    const model = g.build();
    expect(parametersOf(model.graph).map(({ name }) => name)).toEqual(['scale', 'bias', 'w']);
    expect(countParameters(model)).toBe(2 + 2 + 12);
  });
});
