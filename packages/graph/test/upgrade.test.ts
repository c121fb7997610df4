/** Old operator sets: onnxruntime gives the same for the old model and the upgraded one. */
import { describe, expect, test } from '@jest/globals';
import {
  type Attribute,
  decodeModel,
  encodeModel,
  importModel,
  inferShapes,
  type Model,
  type Node,
  type Tensor,
  tensor,
  upgradeModel,
  type ValueInfo,
} from '../src/index.js';
import { feedsOf, run } from './run-model.js';

const ints = (...value: number[]): Attribute => ({ kind: 'ints', value });
const int = (value: number): Attribute => ({ kind: 'int', value });
const text = (value: string): Attribute => ({ kind: 'string', value });
const float = (value: number): Attribute => ({ kind: 'float', value });

function node(operator: string, inputs: string[], attributes: Record<string, Attribute> = {}, outputs = ['y']): Node {
  return { operator, name: '', inputs, outputs, attributes: new Map(Object.entries(attributes)) };
}

/** A model of an old operator set over `x`, a float32 [N, 4, 6] unless given. */
function old(
  opset: number,
  nodes: Node[],
  {
    input = {},
    initializers = [],
    irVersion = 7,
  }: { input?: Partial<ValueInfo>; initializers?: Tensor[]; irVersion?: number } = {},
): Model {
  const outputs = nodes.at(-1)!.outputs.map((name) => ({ name, dtype: 'float32' as const }));
  return {
    irVersion,
    opset,
    producer: { name: 'test', version: '' },
    metadata: new Map(),
    graph: {
      name: 'old',
      inputs: [{ name: 'x', dtype: 'float32', shape: ['N', 4, 6], ...input }],
      outputs,
      nodes,
      initializers,
      valueInfo: [],
    },
  };
}

const flat = { shape: ['N', 24] };
const narrow = { shape: ['N', 1, 6] };
const channel = (name: string) => tensor(name, 'float32', [4], [0.5, 1, 1.5, 2]);

const models: Record<string, Model> = {
  'ReduceMean 13': old(13, [node('ReduceMean', ['x'], { axes: ints(1), keepdims: int(0) })]),
  'ReduceMax 12 over all axes': old(12, [node('ReduceMax', ['x'])]),
  'ReduceL2 17': old(17, [node('ReduceL2', ['x'], { axes: ints(-1) })]),
  'ReduceMin 12 over all axes': old(12, [node('ReduceMin', ['x'])]),
  'ReduceMin 17': old(17, [node('ReduceMin', ['x'], { axes: ints(1, -1), keepdims: int(0) })]),
  'ReduceSum 11': old(11, [node('ReduceSum', ['x'], { axes: ints(0, 2) })]),
  'ReduceSum 13, axes an input already': old(13, [node('ReduceSum', ['x', 'axes'])], {
    initializers: [tensor('axes', 'int64', [1], [1])],
  }),
  'Squeeze 11': old(11, [node('Squeeze', ['x'], { axes: ints(1) })], { input: narrow }),
  'Unsqueeze 12': old(12, [node('Unsqueeze', ['x'], { axes: ints(0, 2) })]),
  'Softmax 11 over the last axis, by name': old(11, [node('Softmax', ['x'], { axis: int(-1) })]),
  'Softmax 9 of a matrix': old(9, [node('Softmax', ['x'])], { input: flat }),
  'Softmax 12 behind other nodes': old(12, [
    node('Flatten', ['x'], {}, ['flat']),
    node('Relu', ['flat'], {}, ['relu']),
    node('Softmax', ['relu'], { axis: int(1) }),
  ]),
  'LogSoftmax 11 over the last axis': old(11, [node('LogSoftmax', ['x'], { axis: int(2) })]),
  'LogSoftmax 9 of a matrix': old(9, [node('LogSoftmax', ['x'])], { input: flat }),
  'Min and Max 8, broadcast': old(8, [node('Max', ['x', 'half'], {}, ['least']), node('Min', ['most', 'least', 'x'])], {
    initializers: [tensor('half', 'float32', [1], [0.5]), tensor('most', 'float32', [4, 1], [0.6, 0.7, 0.8, 0.9])],
  }),
  'Greater, Not and Where 9': old(
    9,
    [
      node('Greater', ['x', 'half'], {}, ['above']),
      node('Not', ['above'], {}, ['below']),
      node('Where', ['below', 'half', 'x']),
    ],
    { initializers: [tensor('half', 'float32', [], [0.5])] },
  ),
  'Tile 7, Exp, Log, Abs and Reciprocal 7': old(
    7,
    [
      node('Tile', ['x', 'repeats'], {}, ['tiled']),
      node('Exp', ['tiled'], {}, ['exp']),
      node('Log', ['exp'], {}, ['log']),
      node('Abs', ['log'], {}, ['abs']),
      node('Reciprocal', ['abs']),
    ],
    { initializers: [tensor('repeats', 'int64', [3], [1, 2, 1])] },
  ),
  'ArgMax and GatherElements 11': old(11, [
    node('ArgMax', ['x'], { axis: int(1) }, ['greatest']),
    node('GatherElements', ['x', 'greatest'], { axis: int(1) }),
  ]),
  'ScatterElements 11': old(11, [node('ScatterElements', ['x', 'places', 'updates'], { axis: int(2) })], {
    initializers: [tensor('places', 'int64', [1, 1, 2], [1, -1]), tensor('updates', 'float32', [1, 1, 2], [5, 6])],
  }),
  'ScatterElements 16, reduced': old(
    16,
    [node('ScatterElements', ['x', 'places', 'updates'], { axis: int(2), reduction: text('add') })],
    { initializers: [tensor('places', 'int64', [1, 1, 2], [3, 3]), tensor('updates', 'float32', [1, 1, 2], [5, 6])] },
  ),
  'ScatterND 11': old(11, [node('ScatterND', ['x', 'places', 'updates'])], {
    initializers: [
      tensor('places', 'int64', [2, 2], [0, 1, 1, 3]),
      tensor('updates', 'float32', [2, 6], new Float32Array(12)),
    ],
  }),
  'Split 11 into stated sizes': old(11, [node('Split', ['x'], { axis: int(1), split: ints(3, 1) }, ['y', 'z'])]),
  'Split 7 into equal pieces': old(7, [node('Split', ['x'], { axis: int(2) }, ['y', 'z'])]),
  'Split 13 into equal pieces': old(13, [node('Split', ['x'], { axis: int(2) }, ['y', 'z'])]),
  'Slice 9': old(9, [node('Slice', ['x'], { starts: ints(1, -3), ends: ints(9, -1), axes: ints(1, 2) })]),
  'Clip 10': old(10, [node('Clip', ['x'], { min: float(0.25), max: float(0.75) })]),
  'Clip 6 without limits': old(7, [node('Clip', ['x'], { max: float(0.5), min: float(-3.4028234663852886e38) })]),
  'Pad 10': old(10, [node('Pad', ['x'], { pads: ints(0, 0, 1, 0, 0, 2), value: float(0.5) })]),
  'Pad 8 at the edge': old(8, [node('Pad', ['x'], { pads: ints(0, 0, 1, 0, 0, 2), mode: text('edge') })]),
  'BatchNormalization 8': old(8, [node('BatchNormalization', ['x', 's', 'b', 'm', 'v'], { epsilon: float(0.001) })], {
    initializers: ['s', 'b', 'm', 'v'].map(channel),
  }),
  'Gemm 9, Constant nodes': old(
    9,
    [
      node(
        'Constant',
        [],
        { value: { kind: 'tensor', value: tensor('', 'float32', [24, 2], new Float32Array(48).fill(0.1)) } },
        ['w'],
      ),
      node('Constant', [], { value: { kind: 'tensor', value: tensor('', 'float32', [2], [1, 2]) } }, ['b']),
      node('Gemm', ['x', 'w', 'b']),
    ],
    { input: flat },
  ),
  'Constant 12 of a number': old(12, [
    node('Constant', [], { value_float: float(3) }, ['three']),
    node('Mul', ['x', 'three']),
  ]),
  'Constant 13 of whole numbers': old(13, [
    node('Constant', [], { value_ints: ints(0, -1) }, ['shape']),
    node('Reshape', ['x', 'shape']),
  ]),
};

test.each(Object.keys(models))('%s', async (title) => {
  const original = encodeModel(models[title]!);
  const upgraded = importModel(original);
  expect(upgraded.opset).toBe(21);
  inferShapes(upgraded.graph);
  const feeds = feedsOf(upgraded.graph);
  expect(await run(upgraded, feeds)).toEqual(await run(original, feeds));
});

test('initializers that old files list as inputs are no inputs any more', () => {
  const model = old(8, [node('Mul', ['x', 'w'])], { initializers: [tensor('w', 'float32', [1], [2])], irVersion: 3 });
  const inputs = [...model.graph.inputs, { name: 'w', dtype: 'float32' as const, shape: [1] }];
  const upgraded = upgradeModel({ ...model, graph: { ...model.graph, inputs } });
  expect(upgraded.graph.inputs.map(({ name }) => name)).toEqual(['x']);
});

test('a model of opset 21 stays as it is', () => {
  const model = old(21, [node('LSTM', ['x'])], { irVersion: 10 });
  expect(upgradeModel(decodeModel(encodeModel(model)))).toEqual(model);
});

describe('refuses', () => {
  const refusals: Record<string, [Model, RegExp]> = {
    'an opset before 7': [old(6, [node('Relu', ['x'])]), /^model: is of opset 6/],
    'an opset after 21': [old(22, [node('Relu', ['x'])]), /^model: is of opset 22/],
    'an old operator it does not know': [old(9, [node('Upsample', ['x'])]), /^node "y" \(Upsample\)/],
    'Softmax over several axes': [old(11, [node('Softmax', ['x'])]), /Softmax\): runs over all dimensions from axis 1/],
    'LogSoftmax over several axes': [
      old(12, [node('LogSoftmax', ['x'], { axis: int(0) })]),
      /LogSoftmax\): runs over all dimensions from axis 0/,
    ],
    'training outputs of BatchNormalization': [
      old(9, [node('BatchNormalization', ['x', 's', 'b', 'm', 'v'], {}, ['y', 'mean'])]),
      /form that opset 14 dropped/,
    ],
    'Clip of an unknown type': [
      old(9, [node('Relu', ['q'], {}, ['r']), node('Clip', ['r'], { min: float(0) })]),
      /not known/,
    ],
    'an attribute of another kind': [
      old(9, [node('Squeeze', ['x'], { axes: float(1) })]),
      /attribute axes is of kind float/,
    ],
    'Constant text': [
      old(13, [node('Constant', [], { value_string: text('a') }, ['c']), node('Relu', ['x'])]),
      /^node "c" \(Constant\): attribute value_string is text/,
    ],
    'a Constant without value': [old(13, [node('Constant', [], {}, ['c']), node('Relu', ['x'])]), /has 0 values/],
    'an initializer twice': [
      old(13, [node('Relu', ['x'])], { initializers: [channel('a'), channel('a')] }),
      /^initializer "a": is there twice/,
    ],
  };
  test.each(Object.keys(refusals))('%s', (title) => {
    const [model, message] = refusals[title]!;
    expect(() => upgradeModel(model)).toThrow(message);
  });
});
