/**
 * Damaged and hostile files: whatever the bytes, importing and preparing give a model or an error that says what to do, soon, and
 * without memory that the file does not justify.
 */

import {
  type Attribute,
  type DataType,
  type Dimension,
  decodeModel,
  encodeModel,
  GraphError,
  importModel,
  inferShapes,
  type Model,
  type Node,
  OPERATOR_NAMES,
  type Tensor,
  tensor,
} from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ExportError, prepareModel } from '../src/index.js';
import { dynamoTransformer, encoderLayer, imageNet, residualNet, visionTransformer } from './passes/torch-models.js';

/** Milliseconds that one file may take; a hundredth of it is usual, the rest is for busy machines. */
const SLOWEST = 10_000;

/** Imports and prepares; everything but a typed error with a hint is a fault of ours. @returns the error, or undefined */
async function digest(bytes: Uint8Array): Promise<GraphError | ExportError | undefined> {
  const begin = performance.now();
  try {
    const { model } = await prepareModel(importModel(bytes));
    inferShapes(model.graph);
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphError || error instanceof ExportError)) throw error;
    expect(error.hint).not.toBe('');
    expect(error.message).not.toBe('');
    return error;
  } finally {
    expect(performance.now() - begin).toBeLessThan(SLOWEST);
  }
}

const files = [
  residualNet(13, 'N'),
  imageNet(13, 'N'),
  visionTransformer(13, 'N'),
  encoderLayer(17, 'N'),
  dynamoTransformer('N'),
] as const;
const models = files.map((bytes) => decodeModel(bytes));

test('cut off anywhere', async () => {
  for (const bytes of files) {
    for (let part = 0; part < 40; part++) await digest(bytes.subarray(0, Math.floor((bytes.length * part) / 40)));
  }
});

test('any byte replaced by any other, a few at a time', async () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.nat(files.length - 1), damage, async (file, changes) => {
      const bytes = files[file]!.slice();
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      await digest(bytes);
    }),
    { numRuns: 80, seed: 11, endOnFailure: true },
  );
});

/** Numbers that trip up arithmetic on sizes. */
const hostileNumbers = [0, 1, 2, 3, -1, -2, 7, 1000, 65_537, 1e9, 2 ** 31, 2 ** 40, 2 ** 52, -(2 ** 40)] as const;
const hostile = fc.constantFrom(...hostileNumbers);
const types: readonly DataType[] = ['float32', 'int64', 'float16', 'bool', 'int32', 'float64', 'int8'];

/** A change of a model; `pick` chooses among as many things as there are. */
type Mutation = (model: Model, pick: (count: number) => number, number: number) => Model;

const withNode = (model: Model, at: number, node: Node): Model => ({
  ...model,
  graph: { ...model.graph, nodes: model.graph.nodes.with(at, node) },
});

const namesOf = ({ graph }: Model) => [
  ...graph.inputs.map(({ name }) => name),
  ...graph.initializers.map(({ name }) => name),
  ...graph.nodes.flatMap(({ outputs }) => outputs),
];

const mutations: Record<string, Mutation> = {
  'an input that is another value': (model, pick) => {
    const at = pick(model.graph.nodes.length);
    const node = model.graph.nodes[at]!;
    if (node.inputs.length === 0) return model;
    const names = namesOf(model);
    return withNode(model, at, {
      ...node,
      inputs: node.inputs.with(pick(node.inputs.length), names[pick(names.length)]!),
    });
  },
  'an input that nothing makes': (model, pick) => {
    const at = pick(model.graph.nodes.length);
    const node = model.graph.nodes[at]!;
    if (node.inputs.length === 0) return model;
    return withNode(model, at, { ...node, inputs: node.inputs.with(pick(node.inputs.length), 'nowhere') });
  },
  'an output that is made twice': (model, pick) => {
    const at = pick(model.graph.nodes.length);
    const names = namesOf(model);
    return withNode(model, at, { ...model.graph.nodes[at]!, outputs: [names[pick(names.length)]!] });
  },
  'another operator': (model, pick) => {
    const at = pick(model.graph.nodes.length);
    return withNode(model, at, { ...model.graph.nodes[at]!, operator: OPERATOR_NAMES[pick(OPERATOR_NAMES.length)]! });
  },
  'a node left out': (model, pick) => {
    const at = pick(model.graph.nodes.length);
    return { ...model, graph: { ...model.graph, nodes: model.graph.nodes.toSpliced(at, 1) } };
  },
  'two nodes swapped': (model, pick) => {
    const { nodes } = model.graph;
    const [a, b] = [pick(nodes.length), pick(nodes.length)];
    return { ...model, graph: { ...model.graph, nodes: nodes.with(a, nodes[b]!).with(b, nodes[a]!) } };
  },
  'a number in an attribute': (model, pick, number) => {
    const holders = model.graph.nodes.flatMap((node, at) => (node.attributes.size > 0 ? [at] : []));
    const at = holders[pick(holders.length)]!;
    const node = model.graph.nodes[at]!;
    const [name, attribute] = [...node.attributes][pick(node.attributes.size)]!;
    return withNode(model, at, {
      ...node,
      attributes: new Map([...node.attributes, [name, changed(attribute, pick, number)]]),
    });
  },
  'an attribute left out': (model, pick) => {
    const at = pick(model.graph.nodes.length);
    const node = model.graph.nodes[at]!;
    return withNode(model, at, { ...node, attributes: new Map([...node.attributes].slice(1)) });
  },
  'a number in a constant': (model, pick, number) => {
    const at = pick(model.graph.initializers.length);
    const initializers = model.graph.initializers.with(at, spoiled(model.graph.initializers[at]!, pick, number));
    return { ...model, graph: { ...model.graph, initializers } };
  },
  'a dimension of a constant': (model, pick, number) => {
    const at = pick(model.graph.initializers.length);
    const one = model.graph.initializers[at]!;
    const shape =
      one.shape.length === 0 ? [Math.abs(number)] : one.shape.with(pick(one.shape.length), Math.abs(number));
    const initializers = model.graph.initializers.with(at, { ...one, shape } as Tensor);
    return { ...model, graph: { ...model.graph, initializers } };
  },
  'the shape of a constant, backwards': (model, pick) => {
    const at = pick(model.graph.initializers.length);
    const one = model.graph.initializers[at]!;
    const initializers = model.graph.initializers.with(at, { ...one, shape: one.shape.toReversed() } as Tensor);
    return { ...model, graph: { ...model.graph, initializers } };
  },
  'a dimension of the input': (model, pick, number) => {
    const input = model.graph.inputs[0]!;
    const size: Dimension = number === -1 ? '?' : number === -2 ? 'M' : Math.abs(number);
    const inputs = [{ ...input, shape: input.shape!.with(pick(input.shape!.length), size) }];
    return { ...model, graph: { ...model.graph, inputs } };
  },
  'the type of the input': (model, pick) => {
    const inputs = [{ ...model.graph.inputs[0]!, dtype: types[pick(types.length)]! }];
    return { ...model, graph: { ...model.graph, inputs } };
  },
  'another opset': (model, pick) => ({ ...model, opset: 7 + pick(15) }),
};

function changed(attribute: Attribute, pick: (count: number) => number, number: number): Attribute {
  switch (attribute.kind) {
    case 'int':
      return { ...attribute, value: number };
    case 'ints':
      return attribute.value.length === 0
        ? { ...attribute, value: [number] }
        : { ...attribute, value: attribute.value.with(pick(attribute.value.length), number) };
    case 'float':
      return { ...attribute, value: pick(2) === 0 ? Number.NaN : number };
    case 'tensor':
      return { ...attribute, value: spoiled(attribute.value, pick, number) };
    default:
      return attribute;
  }
}

function spoiled(constant: Tensor, pick: (count: number) => number, number: number): Tensor {
  if (constant.data.length === 0) return constant;
  const data = constant.data.slice();
  data[pick(data.length)] = (constant.dtype === 'int64' ? BigInt(number) : number) as never;
  return { ...constant, data } as Tensor;
}

test('graphs with one to three things changed', async () => {
  const change = fc.tuple(
    fc.constantFrom(...Object.keys(mutations)),
    fc.array(fc.nat(9999), { minLength: 4, maxLength: 4 }),
    hostile,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.nat(models.length - 1),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      async (file, changes) => {
        let model = models[file]!;
        for (const [title, choices, number] of changes) {
          let turn = 0;
          const pick = (count: number) => choices[turn++ % choices.length]! % Math.max(1, count);
          model = mutations[title]!(model, pick, number);
        }
        await digest(encodeModel(model));
      },
    ),
    { numRuns: 160, seed: 12, endOnFailure: true },
  );
});

const int64 = (name: string, ...values: number[]) => tensor(name, 'int64', [values.length], values);
const node = (
  operator: string,
  inputs: string[],
  output: string,
  attributes: Record<string, Attribute> = {},
): Node => ({
  operator,
  name: output,
  inputs,
  outputs: [output],
  attributes: new Map(Object.entries(attributes)),
});

function file(nodes: Node[], initializers: Tensor[]): Uint8Array {
  const x = { name: 'x', dtype: 'float32' as const, shape: ['N', 4] };
  const output = { name: nodes.at(-1)!.outputs[0]!, dtype: 'float32' as const };
  const graph = { name: 'bomb', inputs: [x], outputs: [output], nodes, initializers, valueInfo: [] };
  return encodeModel({ irVersion: 8, opset: 17, producer: { name: '', version: '' }, metadata: new Map(), graph });
}

const huge = 1e9;
const one = tensor('one', 'float32', [1, 1], [1]);
const plus = (name: string) => [
  node('ReduceMax', [name], 'least', { keepdims: { kind: 'int', value: 0 } }),
  node('Add', ['x', 'least'], 'y'),
];
/** 2^31 elements by doubling one. */
const doubled = Array.from({ length: 31 }, (_, index) =>
  node('Concat', [index === 0 ? 'one' : `d${index - 1}`, index === 0 ? 'one' : `d${index - 1}`], `d${index}`, {
    axis: { kind: 'int', value: 1 },
  }),
);

/** Small files that ask for much. */
const bombs: Record<string, Uint8Array> = {
  ConstantOfShape: file([node('ConstantOfShape', ['size'], 'c'), ...plus('c')], [int64('size', huge)]),
  'ConstantOfShape of whole numbers': file(
    [
      node('ConstantOfShape', ['size'], 'c', { value: { kind: 'tensor', value: int64('', 1) } }),
      node('Cast', ['c'], 'f', { to: { kind: 'int', value: 1 } }),
      ...plus('f'),
    ],
    [int64('size', huge)],
  ),
  'Expand of a constant': file([node('Expand', ['one', 'size'], 'c'), ...plus('c')], [one, int64('size', huge, 1)]),
  'Expand of the input': file(
    [node('Unsqueeze', ['x', 'axis'], 'u'), node('Expand', ['u', 'size'], 'y')],
    [int64('axis', 1), int64('size', 1, huge, 1)],
  ),
  'Pad of a constant': file([node('Pad', ['one', 'pads'], 'c'), ...plus('c')], [one, int64('pads', 0, 0, 0, huge)]),
  'Pad of the input': file([node('Pad', ['x', 'pads'], 'y')], [int64('pads', 0, 0, 0, huge)]),
  'Tile of a constant': file([node('Tile', ['one', 'size'], 'c'), ...plus('c')], [one, int64('size', 1, huge)]),
  'Concat of Concat of Concat': file([...doubled, ...plus('d30')], [one]),
  'a product of two vectors': file(
    [
      node('Expand', ['one', 'size'], 'a'),
      node('Transpose', ['a'], 'b'),
      node('MatMul', ['b', 'a'], 'c'),
      ...plus('c'),
    ],
    [one, int64('size', 1, 900_000)],
  ),
  'sizes beyond 2^53': file(
    [node('Expand', ['one', 'size'], 'a'), node('Expand', ['a', 'more'], 'c'), ...plus('c')],
    [one, int64('size', 2 ** 40, 1), int64('more', 1, 2 ** 40)],
  ),
  'a LayerNormalization of very many': file(
    [
      node('Pad', ['x', 'pads'], 'p'),
      node('ReduceMean', ['p'], 'm', { axes: { kind: 'ints', value: [-1] } }),
      node('Sub', ['p', 'm'], 'd'),
      node('Mul', ['d', 'd'], 'q'),
      node('ReduceMean', ['q'], 'v', { axes: { kind: 'ints', value: [-1] } }),
      node('Add', ['v', 'one'], 'e'),
      node('Sqrt', ['e'], 's'),
      node('Div', ['d', 's'], 'y'),
    ],
    [one, int64('pads', 0, 0, 0, huge)],
  ),
};

describe('small files that ask for much', () => {
  test.each(Object.keys(bombs))('%s', async (title) => {
    const bytes = bombs[title]!;
    expect(bytes.length).toBeLessThan(3000);
    const before = process.memoryUsage();
    const error = await digest(bytes);
    const after = process.memoryUsage();
    expect(error?.message).toMatch(/elements for one window|makes constants of|are no size/);
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 ** 20);
    expect(after.rss - before.rss).toBeLessThan(64 * 2 ** 20);
  });

  test('a whole number divided by 0', async () => {
    const bytes = file(
      [
        node('ReduceMin', ['nines'], 'zero', { keepdims: { kind: 'int', value: 0 } }),
        node('Div', ['nines', 'zero'], 'q'),
        node('Cast', ['q'], 'f', { to: { kind: 'int', value: 1 } }),
        ...plus('f'),
      ],
      [tensor('nines', 'int64', [2, 2], [9, 9, 0, 9])],
    );
    await digest(bytes);
  });

  test('a value of 100,000 dimensions', async () => {
    const axes = Array.from({ length: 100_000 }, (_, index) => index);
    const bytes = file(
      [node('Unsqueeze', ['x', 'axes'], 'u'), node('Transpose', ['u'], 'y')],
      [int64('axes', ...axes)],
    );
    expect((await digest(bytes))?.message).toMatch(/names 100000 axes/);
    const many = file(
      [node('Transpose', ['flat'], 't'), ...plus('t')],
      [
        tensor(
          'flat',
          'float32',
          axes.map(() => 1),
          [1],
        ),
      ],
    );
    expect((await digest(many))?.message).toMatch(/reads a value of 100000 dimensions/);
  });

  test('a chain of 3,000 nodes', async () => {
    const chain = Array.from({ length: 3000 }, (_, index) =>
      node(index % 2 ? 'Identity' : 'Relu', [index === 0 ? 'x' : `n${index - 1}`], `n${index}`),
    );
    expect(await digest(file(chain, []))).toBeUndefined();
  });
});
