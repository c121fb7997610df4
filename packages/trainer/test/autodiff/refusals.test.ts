/** Graphs that cannot be differentiated: each refused in one sentence that names the node. */

import { GraphBuilder, tensor, type Value } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { AutodiffError } from '../../src/autodiff/autodiff-error.js';
import { backward } from '../../src/autodiff/backward.js';
import { Tape } from '../../src/autodiff/tape.js';

/** Seeds every result of a graph on x, and a scalar s, and asks for the gradients by both. */
function differentiate(
  build: (g: GraphBuilder, x: Value, s: Value) => readonly Value[],
  training = true,
): () => unknown {
  const g = new GraphBuilder('refused');
  const results = build(g, g.input('x', 'float32', [2, 3, 4]), g.input('s', 'float32', []));
  results.forEach((value, index) => {
    g.output(`y${index}`, value);
  });
  const tape = new Tape(g.build().graph, { training });
  const seeds = results.map((_, index) => {
    const value = tape.value(`y${index}`);
    return { value, gradient: tape.g.input(`seed${index}`, 'float32', value.shape) };
  });
  return () => backward(tape, seeds, [tape.value('x'), tape.value('s')]);
}

const refused: Record<string, [() => unknown, string]> = {
  'an operator of backward passes': [
    differentiate((g, x) => {
      const indices = g.constant(tensor('i', 'int64', [1, 1], [1]));
      return [
        g.relu(
          g.scatterND(x, indices, g.constant(tensor('u', 'float32', [1, 3, 4], new Float32Array(12))), { name: 'put' }),
        ),
      ];
    }),
    'node "put" (ScatterND): has no gradient',
  ],
  'padding by reflection': [
    differentiate((g, x) => [g.pad(x, g.int64([0, 0, 1, 0, 0, 1]), { mode: 'reflect', name: 'mirror' })]),
    'node "mirror" (Pad): mode reflect has no gradient',
  ],
  'a padding value to differentiate by': [
    differentiate((g, x, s) => [g.pad(x, g.int64([0, 0, 1, 0, 0, 1]), s, { name: 'frame' })]),
    'node "frame" (Pad): its constant value has no gradient',
  ],
  'limits to differentiate by': [
    differentiate((g, x, s) => [g.clip(x, s, { name: 'limited' })]),
    'node "limited" (Clip): its limits have no gradient',
  ],
  'a loss that depends on statistics': [
    differentiate((g, x) => g.node('LayerNormalization', [x, g.float32([1, 1, 1, 1])], { name: 'norm', outputs: 2 })),
    'node "norm" (LayerNormalization): output 1 has no gradient rule',
  ],
  'scales by blocks': [
    differentiate((g, x) => {
      const scale = g.constant(tensor('scale', 'float32', [2, 3, 2], new Float32Array(12).fill(0.1)));
      const block = { axis: 2, block_size: 2 };
      const codes = g.quantizeLinear(x, scale, { ...block, name: 'quantized' });
      return [g.dequantizeLinear(codes, scale, { ...block, name: 'blocks' })];
    }),
    'node "blocks" (DequantizeLinear): block-wise scales have no gradient',
  ],
  'indices column by column': [
    differentiate((g, x) => [g.maxPool(x, { kernel_shape: [2], storage_order: true, name: 'pooled' })]),
    'node "pooled" (MaxPool): storage_order 1 has no gradient',
  ],
  'a tape without the outputs that a rule wants': [
    differentiate((g, x) => [g.maxPool(x, { kernel_shape: [2], name: 'pooled' })], false),
    'node "pooled" (MaxPool): output 1 is missing',
  ],
};

test.each(Object.entries(refused))('%s', (_, [attempt, message]) => {
  expect(attempt).toThrow(AutodiffError);
  expect(attempt).toThrow(message);
});

test('symbolic dimensions', () => {
  const g = new GraphBuilder('symbolic');
  g.output('y', g.reduceMean(g.sigmoid(g.input('x', 'float32', ['N', 4]), { name: 'squashed' }), { keepdims: false }));
  const tape = new Tape(g.build().graph);
  const seed = { value: tape.value('y'), gradient: tape.g.float32(1) };
  expect(() => backward(tape, [seed], [tape.value('x')])).toThrow(
    'node "ReduceMean_0" (ReduceMean): "squashed" has the symbolic dimension N',
  );
});

test('a gradient to start from in another shape than its value', () => {
  const g = new GraphBuilder('seeded');
  g.output('y', g.exp(g.input('x', 'float32', [3])));
  const tape = new Tape(g.build().graph);
  const attempt = () => backward(tape, [{ value: tape.value('y'), gradient: tape.g.float32(1) }], [tape.value('x')]);
  expect(attempt).toThrow('value "y": is [3], the gradient to start from []');
});

test('every refusal has a hint', () => {
  for (const [attempt] of Object.values(refused)) {
    try {
      attempt();
    } catch (error) {
      expect((error as AutodiffError).hint).not.toBe('');
    }
  }
  expect.assertions(Object.keys(refused).length);
});
