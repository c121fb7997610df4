/** The builder: names, constants, outputs, and mistakes seen where they are made. */
import { describe, expect, test } from '@jest/globals';
import { decodeModel, encodeModel, GraphBuilder, type Model, tensor } from '../src/index.js';
import { feedsOf, run } from './run-model.js';

function start() {
  const g = new GraphBuilder('g');
  return { g, x: g.input('x', 'float32', ['N', 4]) };
}

test('outputs carry the names asked for, whatever value they are', async () => {
  const { g, x } = start();
  const y = g.relu(x);
  g.output('rectified', y);
  g.output('again', y);
  g.output('input', x);
  g.output('constant', g.float32([1, 2]));
  const model = g.build();
  expect(model.graph.outputs.map(({ name }) => name)).toEqual(['rectified', 'again', 'input', 'constant']);
  const feeds = feedsOf(model.graph);
  const { rectified, again, input, constant } = await run(model, feeds);
  expect(again).toEqual(rectified);
  expect(input!.data).toEqual(feeds.x!.data);
  expect(constant!.data).toEqual(Float32Array.of(1, 2));
});

test('a graph of the size of a training step is built, encoded and decoded in less than a second each', () => {
  const g = new GraphBuilder('large');
  const values = Array.from({ length: 300 }, (_, index) => g.input(`x${index}`, 'float32', [8, 8]));
  // Time of the processor, so that what else the machine does has no part in it.
  const seconds = (act: () => void) => {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
  expect(
    seconds(() => {
      for (let count = 0; count < 5000; count++) {
        const [at, other] = [count % values.length, (count * 13 + 1) % values.length];
        values[at] = g.add(values[at]!, values[other]!);
      }
      for (const [index, value] of values.entries()) g.output(`y${index}`, value);
    }),
  ).toBeLessThan(1);
  const model = g.build();
  let bytes = new Uint8Array();
  expect(seconds(() => (bytes = encodeModel(model) as Uint8Array<ArrayBuffer>))).toBeLessThan(1);
  let decoded: Model | undefined;
  expect(seconds(() => (decoded = decodeModel(bytes)))).toBeLessThan(1);
  expect(decoded).toEqual(model);
});

test('the same calls give the same bytes', () => {
  const build = () => {
    const { g, x } = start();
    g.output('y', g.softmax(g.reduceMean(x, g.int64([1])), { axis: 0, name: 'named' }));
    return encodeModel(g.build());
  };
  expect(build()).toEqual(build());
});

test('equal constants stand in the file once, different ones apart', () => {
  const { g } = start();
  expect(g.int64([1, 2])).toBe(g.int64([1, 2]));
  expect(g.int64([1, 2])).not.toBe(g.int64([2, 1]));
  expect(g.float32(1)).not.toBe(g.float32([1]));
  expect(g.float32(0)).not.toBe(g.float32(-0));
});

test('inner values are declared, so that every viewer shows their shapes', () => {
  const { g, x } = start();
  g.output('y', g.tanh(g.relu(x)));
  expect(g.build().graph.valueInfo).toEqual([{ name: 'Relu_0', dtype: 'float32', shape: ['N', 4] }]);
});

test('metadata and documentation come into the model', () => {
  const { g, x } = start();
  g.output('y', g.neg(x));
  const model = g.build({ metadata: new Map([['key', 'value']]), doc: 'words' });
  expect(model.metadata).toEqual(new Map([['key', 'value']]));
  expect(model.doc).toBe('words');
  expect({ opset: model.opset, irVersion: model.irVersion }).toEqual({ opset: 21, irVersion: 10 });
});

describe('refuses', () => {
  test.each<[string, (s: ReturnType<typeof start>) => unknown, RegExp]>([
    ['a name that is taken', ({ g }) => g.input('x', 'int8', [1]), /^graph input "x": the name "x" is taken/],
    ['a node name that is taken', ({ g, x }) => g.relu(x, { name: 'x' }), /^node "x" \(Relu\): the name "x" is taken/],
    [
      'an output name that is taken',
      ({ g, x }) => g.output('x', g.relu(x)),
      /^graph output "x": the name "x" is taken/,
    ],
    ['an empty name', ({ g }) => g.input('', 'int8', [1]), /has no name/],
    ['values of another builder', ({ x }) => new GraphBuilder('other').relu(x), /input "x" belongs to another graph/],
    [
      'an output of another builder',
      ({ g }) => {
        const other = start();
        g.output('y', other.g.relu(other.x));
      },
      /^node "y" \(Identity\): input "Relu_0" belongs to another graph/,
    ],
    ['a graph without outputs', ({ g }) => g.build(), /^graph "g": has no outputs/],
    [
      'an attribute that does not exist',
      // @ts-expect-error: the compiler sees it, too.
      ({ g, x }) => g.softmax(x, { axes: 1 }),
      /attribute axes is not known/,
    ],
    [
      'a call without the attribute it needs',
      // @ts-expect-error: the compiler sees it, too.
      ({ g, x }) => g.concat(x, x),
      /attribute axis is missing/,
    ],
    [
      'a call without the input it needs',
      // @ts-expect-error: the compiler sees it, too.
      ({ g, x }) => g.add(x),
      /has 1 inputs/,
    ],
  ])('%s', (_, act, message) => {
    expect(() => act(start())).toThrow(message);
  });

  test('constants that do not fit their type or shape', () => {
    expect(() => tensor('w', 'int8', [2], [1, 128])).toThrow('tensor "w": element 1 is 128, which int8 cannot hold');
    expect(() => tensor('w', 'int64', [1], [0.5])).toThrow('element 0 is 0.5');
    expect(() => tensor('w', 'uint64', [1], [-1])).toThrow('element 0 is -1');
    expect(() => tensor('w', 'bool', [1], [2])).toThrow('element 0 is 2');
    expect(() => tensor('w', 'float32', [2, 2], [1])).toThrow('shape [2, 2] wants 4 elements, the data has 1');
    expect(() => tensor('w', 'float32', [-1], [])).toThrow('dimension -1 is not a size');
  });
});
