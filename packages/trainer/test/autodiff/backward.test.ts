/** Reverse accumulation through graphs of several operators. */

import { GraphBuilder, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { backward } from '../../src/autodiff/backward.js';
import { Tape } from '../../src/autodiff/tape.js';
import { expectGradients, type Forward, type GradientCases } from './gradient-check.js';

/** Convolution, normalization and activation twice, and the way around them. */
function residualBlock({ g, x, real }: Forward): Value {
  const channels = 3;
  const filled = (value: number) => real(new Array<number>(channels).fill(value));
  const normalise = (value: Value) =>
    g.node('BatchNormalization', [value, x([channels]), x([channels]), filled(0), filled(1)], {
      outputs: 3,
      attributes: { training_mode: true, epsilon: 0.1 },
    })[0]!;
  const input = x([3, 2, 6]);
  const inner = g.sigmoid(normalise(g.conv(input, x([channels, 2, 3]), { strides: [2], pads: [1, 1] })));
  const outer = normalise(g.conv(inner, x([channels, channels, 3]), { pads: [1, 1] }));
  const around = normalise(g.conv(input, x([channels, 2, 1]), { strides: [2] }));
  const features = g.globalAveragePool(g.gelu(g.add(outer, around)));
  return g.gemm(g.flatten(features), x([4, channels]), x([4]), { transB: true });
}

/** Two heads of attention before a residual connection, on normalised tokens. */
function attentionBlock({ g, x, real }: Forward): Value {
  const [batch, tokens, width, heads] = [2, 3, 4, 2];
  const input = x([batch, tokens, width]);
  const normalised = g.layerNormalization(input, x([width]), x([width]));
  const joint = g.add(g.matMul(normalised, x([width, 3 * width])), x([3 * width]));
  const apartByHead = g.reshape(joint, g.int64([batch, tokens, 3, heads, width / heads]));
  const [queries, keys, values] = g
    .split(g.transpose(apartByHead, { perm: [2, 0, 3, 1, 4] }), { num_outputs: 3 })
    .map((part) => g.squeeze(part, g.int64([0]))) as [Value, Value, Value];
  const scores = g.mul(g.matMul(queries, g.transpose(keys, { perm: [0, 1, 3, 2] })), real(Math.SQRT1_2));
  const mixed = g.transpose(g.matMul(g.softmax(scores), values), { perm: [0, 2, 1, 3] });
  const joined = g.reshape(mixed, g.int64([batch, tokens, width]));
  return g.add(g.matMul(joined, x([width, width])), input);
}

const cases: GradientCases = {
  'a value used twice by one node': ({ g, x }) => {
    const a = x([2, 3]);
    return g.mul(a, a);
  },
  'a value used by several nodes': ({ g, x }) => {
    const a = g.tanh(x([2, 3]));
    return g.add(g.mul(a, x([3])), g.add(a, g.exp(a)));
  },
  'a result that goes on into another': ({ g, x }) => {
    const first = g.sigmoid(x([2, 3]));
    return [first, g.reduceSum(g.mul(first, x([2, 3])), g.int64([1]))];
  },
  'two results of one node': ({ g, x }) => g.split(g.exp(x([4])), { num_outputs: 2 }),
  'a perceptron': ({ g, x }) => {
    const hidden = g.relu(g.gemm(x([4, 3]), x([5, 3]), x([5]), { transB: true }));
    return g.logSoftmax(g.gemm(hidden, x([3, 5]), x([3]), { transB: true }));
  },
  'quadratic distances, as in losses': ({ g, x }) => {
    const a = g.lpNormalization(x([3, 4]));
    const difference = g.sub(g.unsqueeze(a, g.int64([1])), g.unsqueeze(x([3, 4]), g.int64([0])));
    return g.reduceMean(g.reduceSum(g.mul(difference, difference), g.int64([2])));
  },
  'a residual block': { build: residualBlock, precision: 'float32' },
  'an attention block': attentionBlock,
};

describe('gradients of', () => {
  test.each(Object.entries(cases))('%s', async (_, some) => {
    await expectGradients(typeof some === 'function' ? { build: some } : some);
  });
});

function tapeOf(build: (g: GraphBuilder, x: Value) => Value): { tape: Tape; x: Value; y: Value } {
  const g = new GraphBuilder('forward');
  g.output('y', build(g, g.input('x', 'float32', [2, 4])));
  const tape = new Tape(g.build().graph, { training: true });
  return { tape, x: tape.value('x'), y: tape.value('y') };
}

const like = (tape: Tape, value: Value) => tape.g.input(`gradient by ${value.name}`, value.dtype, value.shape);

describe('where gradients come from and go to', () => {
  test('a source that is the seed itself has the gradient given', () => {
    const { tape, y } = tapeOf((g, x) => g.exp(x));
    const seed = { value: y, gradient: like(tape, y) };
    expect(backward(tape, [seed], [y])).toEqual([seed.gradient]);
  });

  test('a source that no seed depends on has none', () => {
    const g = new GraphBuilder('forward');
    const [a, b] = [g.input('a', 'float32', [2]), g.input('b', 'float32', [2])];
    g.output('y', g.exp(a));
    g.output('z', g.exp(b));
    const tape = new Tape(g.build().graph);
    const y = tape.value('y');
    const [byA, byB] = backward(tape, [{ value: y, gradient: like(tape, y) }], [tape.value('a'), tape.value('b')]);
    expect(byA?.shape).toEqual([2]);
    expect(byB).toBeUndefined();
  });

  test('values inside the graph can be sources; no way further back is needed', () => {
    const { tape, x, y } = tapeOf((g, input) => g.exp(g.pad(input, g.int64([0, 1, 0, 1]), { mode: 'reflect' })));
    const seed = { value: y, gradient: like(tape, y) };
    const inner = tape.nodes[0]!.outputs[0]!;
    expect(backward(tape, [seed], [inner])[0]?.shape).toEqual([2, 6]);
    expect(() => backward(tape, [seed], [x])).toThrow(/mode reflect has no gradient/);
  });

  test('two seeds at one value add up', () => {
    const { tape, x, y } = tapeOf((g, input) => g.identity(input));
    const seeds = ['first', 'second'].map((name) => ({ value: y, gradient: tape.g.input(name, 'float32', y.shape) }));
    tape.g.output('sum', backward(tape, seeds, [x])[0]!);
    const add = tape.g.build().graph.nodes.find(({ operator }) => operator === 'Add');
    expect(add?.inputs).toEqual(['first', 'second']);
  });
});
