/** Rules that leave out or join nodes. */

import { GraphBuilder, tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { withoutDeadNodes } from '../../src/passes/eliminate-dead-nodes.js';
import { addJoinedConstants } from '../../src/passes/rules/add-joined-constants.js';
import { mergeConstants } from '../../src/passes/rules/merge-constants.js';
import { mergeMoves } from '../../src/passes/rules/merge-moves.js';
import { removeIdentity } from '../../src/passes/rules/remove-identity.js';
import { reshapeForTranspose } from '../../src/passes/rules/reshape-for-transpose.js';
import { describeRule, image, random, rows, tokens } from './describe-rule.js';

describeRule(removeIdentity, {
  'inside a graph': [(g) => g.relu(g.identity(g.relu(tokens(g)))), 'Relu Relu'],
  'before an output': [(g) => g.identity(g.relu(tokens(g))), 'Relu'],
  'several in a row': [(g) => g.identity(g.identity(g.identity(g.relu(tokens(g))))), 'Relu'],
  'of an input that is given out': [(g) => g.identity(tokens(g)), 'Identity'],
  'of a value that is an output, too': [
    (g) => {
      const y = g.relu(tokens(g));
      return [y, g.identity(y)];
    },
    'Relu Identity',
  ],
  'Cast to the same type': [(g) => g.relu(g.cast(tokens(g), { to: 'float32' })), 'Relu'],
  'Transpose that keeps the order': [(g) => g.relu(g.transpose(tokens(g), { perm: [0, 1, 2] })), 'Relu'],
  'Transpose that does not': [(g) => g.relu(g.transpose(tokens(g), { perm: [0, 2, 1] })), 'Transpose Relu'],
  'Reshape to the same shape': [(g) => g.relu(g.reshape(tokens(g), g.int64([0, 5, -1]))), 'Relu'],
  'Slice of everything': [(g) => g.relu(g.slice(tokens(g), g.int64([0]), g.int64([5]), g.int64([1]))), 'Relu'],
  'Slice backwards': [
    (g) => g.relu(g.slice(tokens(g), g.int64([-1]), g.int64([-9]), g.int64([1]), g.int64([-1]))),
    'Slice Relu',
  ],
  'Pad by nothing': [(g) => g.relu(g.pad(tokens(g), g.int64([0, 0, 0, 0, 0, 0]))), 'Relu'],
  'Pad and cut': [(g) => g.relu(g.pad(tokens(g), g.int64([0, 1, 0, 0, -1, 0]))), 'Pad Relu'],
  'Concat of one': [(g) => g.relu(g.concat(tokens(g), { axis: 1 })), 'Relu'],
  'times 1, plus 0': [(g) => g.relu(g.add(g.mul(g.float32(1), tokens(g)), g.float32(0))), 'Relu'],
  'divided by 1, minus 0': [(g) => g.relu(g.sub(g.div(tokens(g), g.float32([1])), g.float32(0))), 'Relu'],
  '0 minus x': [(g) => g.sub(g.float32(0), tokens(g)), 'Sub'],
  '1 through x': [(g) => g.div(g.float32(1), g.add(g.relu(tokens(g)), g.float32(2))), 'Relu Add Div'],
  'times ones of a larger shape': [
    (g) => g.mul(g.relu(rows(g)), g.constant(tensor('ones', 'float32', [2, 1, 6], new Float32Array(12).fill(1)))),
    'Relu Mul',
  ],
});

describeRule(reshapeForTranspose, {
  'of a batch of one': [(g) => g.transpose(g.input('x', 'float32', [1, 5, 6]), { perm: [1, 0, 2] }), 'Reshape'],
  'of several ones, without perm': [(g) => g.transpose(g.input('x', 'float32', [1, 5, 1])), 'Reshape'],
  'of what is not one': [(g) => g.transpose(g.input('x', 'float32', [1, 5, 6]), { perm: [0, 2, 1] }), 'Transpose'],
  'of an open batch': [(g) => g.transpose(g.input('x', 'float32', ['N', 1, 6]), { perm: [1, 0, 2] }), 'Transpose'],
});

describeRule(mergeMoves, {
  'Transposes that cancel': [
    (g) => g.relu(g.transpose(g.transpose(image(g), { perm: [0, 2, 3, 1] }), { perm: [0, 3, 1, 2] })),
    'Relu',
  ],
  'Transposes that do not': [
    (g) => g.relu(g.transpose(g.transpose(image(g), { perm: [0, 2, 3, 1] }), { perm: [0, 2, 3, 1] })),
    'Transpose Relu',
  ],
  'three Transposes': [
    (g) => {
      const twice = g.transpose(g.transpose(image(g), { perm: [1, 0, 2, 3] }), { perm: [1, 0, 2, 3] });
      return g.relu(g.transpose(twice, { perm: [0, 1, 3, 2] }));
    },
    'Transpose Relu',
  ],
  'the first one is read by others': [
    (g) => {
      const first = g.transpose(tokens(g), { perm: [0, 2, 1] });
      return [g.relu(first), g.relu(g.transpose(first, { perm: [0, 2, 1] }))];
    },
    'Transpose Relu Relu',
  ],
  'Transposes without perm, the result an output': [(g) => g.transpose(g.transpose(g.relu(tokens(g)))), 'Relu'],
  'Reshape of a Reshape': [(g) => g.reshape(g.reshape(tokens(g), g.int64([0, 30])), g.int64([0, 3, 10])), 'Reshape'],
  'Squeeze of Unsqueeze': [(g) => g.relu(g.squeeze(g.unsqueeze(tokens(g), g.int64([2])), g.int64([2]))), 'Relu'],
  'Flatten of Unsqueeze': [(g) => g.relu(g.flatten(g.unsqueeze(tokens(g), g.int64([3])))), 'Reshape Relu'],
});

describeRule(addJoinedConstants, {
  'a class token': [
    (g) => g.concat(random(g, 'token', [2, 1, 6]), g.input('x', 'float32', [2, 5, 6]), { axis: 1 }),
    'Pad Pad Add',
  ],
  'before, behind and between, from the end': [
    (g) => {
      const x = g.relu(g.input('x', 'float32', [2, 6]));
      return g.concat(random(g, 'a', [2, 1]), random(g, 'b', [2, 3]), x, random(g, 'c', [2, 2]), { axis: -1 });
    },
    'Relu Pad Pad Pad Pad Add Add Add',
  ],
  'two computed values': [
    (g) => {
      const x = g.input('x', 'float32', [2, 6]);
      return g.concat(x, random(g, 'a', [2, 1]), g.relu(x), { axis: 1 });
    },
    'Relu Concat',
  ],
  'constants alone': [(g) => g.concat(random(g, 'a', [2, 1]), random(g, 'b', [2, 1]), { axis: 1 }), 'Concat'],
});

describeRule(mergeConstants, {
  'added twice': [(g) => g.add(random(g, 'b', [5, 1]), g.add(g.relu(tokens(g)), random(g, 'a', [6]))), 'Relu Add Add'],
  'multiplied three times': [
    (g) => g.mul(g.mul(g.mul(g.relu(tokens(g)), g.float32(2)), random(g, 'a', [6])), random(g, 'b', [5, 1])),
    'Relu Mul Mul Mul',
  ],
  'behind a layer': [
    (g) => g.add(g.add(g.matMul(tokens(g), random(g, 'w', [6, 6])), random(g, 'b', [6])), random(g, 'p', [5, 6])),
    'MatMul Add Add',
  ],
  'read by others': [
    (g) => {
      const y = g.add(tokens(g), random(g, 'a', [6]));
      return [g.add(y, random(g, 'b', [6])), g.relu(y)];
    },
    'Add Add Relu',
  ],
});

test('what no output depends on goes, inputs stay', () => {
  const g = new GraphBuilder('dead');
  g.output('y', g.relu(tokens(g)));
  g.gemm(g.input('unread', 'float32', ['N', 4]), random(g, 'w', [4, 4]));
  const graph = withoutDeadNodes(g.build().graph);
  expect(graph.nodes.map(({ operator }) => operator)).toEqual(['Relu']);
  expect(graph.initializers).toEqual([]);
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'unread']);
});
