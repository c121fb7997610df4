/** Shapes that a model computes while it runs: onnxruntime gives the same for the file and for what is imported. */
import { describe, expect, test } from '@jest/globals';
import {
  type Attribute,
  type DataType,
  encodeModel,
  importModel,
  inferShapes,
  type Model,
  type Node,
  type Tensor,
  tensor,
} from '../src/index.js';
import { feedsOf, run } from './run-model.js';

const int = (value: number): Attribute => ({ kind: 'int', value });
const ints = (...value: number[]): Attribute => ({ kind: 'ints', value });
const held = (value: Tensor): Attribute => ({ kind: 'tensor', value });

function node(operator: string, inputs: string[], output: string, attributes: Record<string, Attribute> = {}): Node {
  return { operator, name: '', inputs, outputs: [output], attributes: new Map(Object.entries(attributes)) };
}

const int64 = (name: string, ...values: number[]) => tensor(name, 'int64', [values.length], values);
const index = (name: string, value: number) => tensor(name, 'int64', [], [value]);

/** A model over `x`, a float32 [N, 4, 6], whose last node makes the output. */
function file(opset: number, nodes: Node[], initializers: Tensor[] = [], dtype: DataType = 'float32'): Model {
  return {
    irVersion: 8,
    opset,
    producer: { name: 'test', version: '' },
    metadata: new Map(),
    graph: {
      name: 'shapes',
      inputs: [{ name: 'x', dtype: 'float32', shape: ['N', 4, 6] }],
      outputs: [{ name: nodes.at(-1)!.outputs[0]!, dtype }],
      nodes,
      initializers,
      valueInfo: [],
    },
  };
}

const size = (axis: string, output: string) => [node('Shape', ['x'], 's'), node('Gather', ['s', axis], output)];
const token = tensor('token', 'float32', [1, 1, 6], [1, 2, 3, 4, 5, 6]);

/** Models and the operators that are left of each. */
const models: Record<string, readonly [model: Model, operators: string]> = {
  'the batch, then −1': [
    file(
      13,
      [
        ...size('zero', 'n'),
        node('Unsqueeze', ['n', 'axes'], 'rows'),
        node('Concat', ['rows', 'rest'], 'shape', { axis: int(0) }),
        node('Reshape', ['x', 'shape'], 'y'),
      ],
      [index('zero', 0), int64('axes', 0), int64('rest', -1)],
    ),
    'Reshape',
  ],
  'axes as attributes, opset 11': [
    file(
      11,
      [
        ...size('zero', 'n'),
        node('Unsqueeze', ['n'], 'rows', { axes: ints(0) }),
        node('Concat', ['rows', 'rest'], 'shape', { axis: int(0) }),
        node('Reshape', ['x', 'shape'], 'y'),
      ],
      [index('zero', 0), int64('rest', 3, 8)],
    ),
    'Reshape',
  ],
  'the batch behind another dimension': [
    file(
      15,
      [
        node('Shape', ['x'], 'n', { end: int(1) }),
        node('Transpose', ['x'], 't', { perm: ints(1, 0, 2) }),
        node('Concat', ['two', 'n', 'rest'], 'shape', { axis: int(0) }),
        node('Reshape', ['t', 'shape'], 'y', { allowzero: int(1) }),
      ],
      [int64('two', 2, 2), int64('rest', 6)],
    ),
    'Transpose Reshape',
  ],
  'sizes multiplied, added, divided': [
    file(
      13,
      [
        ...size('one', 'c'),
        node('Gather', ['s', 'two'], 'l'),
        node('Mul', ['c', 'l'], 'cl'),
        node('Add', ['cl', 'eight'], 'sum'),
        node('Div', ['sum', 'four'], 'eighth'),
        node('Sub', ['eighth', 'two'], 'six'),
        node('Concat', ['zeros', 'four', 'six'], 'shape', { axis: int(0) }),
        node('Reshape', ['x', 'shape'], 'y'),
      ],
      [int64('one', 1), int64('two', 2), int64('eight', 8), int64('four', 4), int64('zeros', 0)],
    ),
    'Reshape',
  ],
  'a batch times 3, over 3': [
    file(
      13,
      [
        ...size('zero', 'n'),
        node('Mul', ['n', 'three'], 'n3'),
        node('Div', ['n3', 'three'], 'rows'),
        node('Concat', ['rows', 'rest'], 'shape', { axis: int(0) }),
        node('Reshape', ['x', 'shape'], 'y'),
      ],
      [int64('zero', 0), int64('three', 3), int64('rest', 24)],
    ),
    'Reshape',
  ],
  'a part of a shape, backwards': [
    file(
      13,
      [
        node('Shape', ['x'], 's'),
        node('Slice', ['s', 'last', 'begin', 'axes', 'back'], 'r'),
        node('Transpose', ['x'], 't'),
        node('Reshape', ['t', 'r'], 'y'),
      ],
      [int64('last', -1), int64('begin', -9), int64('axes', 0), int64('back', -1)],
    ),
    'Transpose Reshape',
  ],
  'a token for each of the batch': [
    file(
      13,
      [
        ...size('zero', 'n'),
        node('Concat', ['n', 'marks'], 'asked', { axis: int(0) }),
        node('ConstantOfShape', ['three'], 'ones', { value: held(int64('', 1)) }),
        node('Mul', ['ones', 'minus'], 'minuses'),
        node('Equal', ['asked', 'minuses'], 'same'),
        node('Where', ['same', 'ones', 'asked'], 'shape'),
        node('Expand', ['token', 'shape'], 'tokens'),
        node('Concat', ['tokens', 'x', 'tokens'], 'y', { axis: int(1) }),
      ],
      [int64('zero', 0), int64('marks', -1, -1), int64('three', 3), index('minus', -1), token],
    ),
    'Expand Pad Pad Pad Add Add',
  ],
  'a token added to each': [
    file(
      13,
      [node('Shape', ['x'], 's'), node('Expand', ['token', 's'], 'tokens'), node('Add', ['tokens', 'x'], 'y')],
      [token],
    ),
    'Expand Add',
  ],
  'zeros of a computed shape': [
    file(
      13,
      [...size('two', 'l'), node('ConstantOfShape', ['l'], 'zeros'), node('Add', ['zeros', 'x'], 'y')],
      [int64('two', 2)],
    ),
    'Expand Add',
  ],
  'positions from a range': [
    file(
      13,
      [
        ...size('one', 'c'),
        node('Range', ['none', 'c', 'step'], 'places'),
        node('Gather', ['table', 'places'], 'rows', { axis: int(0) }),
        node('Add', ['rows', 'x'], 'y'),
      ],
      [
        index('one', 1),
        index('none', 0),
        index('step', 1),
        tensor('table', 'float32', [9, 6], new Float32Array(54).fill(2)),
      ],
    ),
    'Gather Add',
  ],
  'the root of a size': [
    file(
      13,
      [
        ...size('two', 'l'),
        node('Cast', ['l'], 'real', { to: int(1) }),
        node('Sqrt', ['real'], 'root'),
        node('Div', ['x', 'root'], 'y'),
      ],
      [index('two', 2)],
    ),
    'Cast Sqrt Div',
  ],
  'Dropout 11': [
    file(11, [node('Dropout', ['x'], 'd', { ratio: { kind: 'float', value: 0.5 } }), node('Relu', ['d'], 'y')]),
    'Identity Relu',
  ],
  'Dropout 13 outside training': [
    file(
      13,
      [node('Dropout', ['x', 'ratio', 'training'], 'd'), node('Relu', ['d'], 'y')],
      [tensor('ratio', 'float32', [], [0.5]), tensor('training', 'bool', [], [0])],
    ),
    'Identity Relu',
  ],
  'Softmax 11 behind a computed shape': [
    file(
      11,
      [
        node('Shape', ['x'], 's'),
        node('Gather', ['s', 'zero'], 'n'),
        node('Concat', ['n', 'rest'], 'shape', { axis: int(0) }),
        node('Reshape', ['x', 'shape'], 'flat'),
        node('Softmax', ['flat'], 'y', { axis: int(1) }),
      ],
      [int64('zero', 0), int64('rest', -1)],
    ),
    'Reshape Softmax',
  ],
};

test.each(Object.keys(models))('%s', async (title) => {
  const [model, operators] = models[title]!;
  const original = encodeModel(model);
  const imported = importModel(original);
  inferShapes(imported.graph);
  expect(imported.graph.nodes.map(({ operator }) => operator).join(' ')).toBe(operators);
  const feeds = feedsOf(model.graph);
  expect(await run(imported, feeds)).toEqual(await run(original, feeds));
});

describe('left as it is', () => {
  const kept: Record<string, readonly [model: Model, message: RegExp]> = {
    'a shape that is the output': [file(13, [node('Shape', ['x'], 'y')], [], 'int64'), /Shape\): is not a supported/],
    'a batch that becomes part of another dimension': [
      file(
        13,
        [
          ...size('zero', 'n'),
          node('Mul', ['n', 'four'], 'n4'),
          node('Concat', ['n4', 'rest'], 'shape', { axis: int(0) }),
          node('Reshape', ['x', 'shape'], 'y'),
        ],
        [int64('zero', 0), int64('four', 4), int64('rest', 6)],
      ),
      /Shape\): is not a supported/,
    ],
    'Dropout in training': [
      file(
        13,
        [node('Dropout', ['x', 'ratio', 'training'], 'y')],
        [tensor('ratio', 'float32', [], [0.5]), tensor('training', 'bool', [], [1])],
      ),
      /Dropout\): is not a supported/,
    ],
    'a large constant of a shape': [
      file(
        13,
        [
          node('ConstantOfShape', ['large'], 'many', { value: held(int64('', 1)) }),
          node('Cast', ['many'], 'y', { to: int(1) }),
        ],
        [int64('large', 1e9)],
      ),
      /^$/,
    ],
  };

  test.each(Object.keys(kept))('%s', (title) => {
    const [model, message] = kept[title]!;
    const imported = importModel(encodeModel(model));
    if (message.source === '^$')
      expect(inferShapes(imported.graph).get('y')).toEqual({ dtype: 'float32', shape: [1e9] });
    else expect(() => inferShapes(imported.graph)).toThrow(message);
  });
});
