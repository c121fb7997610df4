/** What a network looks at of each beat, read from its graph. */
import { decodeModel, encodeModel, GraphBuilder, GraphError, type Model, toHalfPrecision } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { cropOf, deitMicro, resnet34 } from '../src/index.js';
import { seededSource } from './seeded-source.js';

const residual = (crop?: readonly [number, number]) =>
  resnet34({ classes: 3, width: 4, ...(crop && { crop }) }, seededSource(1));
const transformer = (crop?: readonly [number, number]) =>
  deitMicro({ classes: 3, ...(crop && { crop }) }, seededSource(1));

/** Ways that a model takes from its training to its use. */
const ways: Readonly<Record<string, (model: Model) => Model>> = {
  'as it was built': (model) => model,
  'read from its bytes': (model) => decodeModel(encodeModel(model)),
  'read from a file with half-precision weights': (model) => decodeModel(encodeModel(toHalfPrecision(model))),
};

describe.each(Object.entries(ways))('of a network %s', (_, way) => {
  test.each<[readonly [number, number]]>([[[60, 240]], [[0, 299]], [[1, 300]]])('that looks at %j', (crop) => {
    expect(cropOf(way(residual(crop)))).toEqual(crop);
  });

  test('that looks at whole beats', () => {
    expect(cropOf(way(residual()))).toEqual([0, 300]);
    expect(cropOf(way(residual([0, 300])))).toEqual([0, 300]);
  });

  test('that cuts among its tokens, too', () => {
    expect(cropOf(way(transformer([85, 245])))).toEqual([85, 245]);
    expect(cropOf(way(transformer()))).toEqual([0, 300]);
  });
});

test('of a graph whose bounds are no numbers of its own is refused', () => {
  const { graph, ...model } = residual([60, 240]);
  const [, , last] = graph.nodes.find(({ name }) => name === 'crop')!.inputs;
  const initializers = graph.initializers.filter(({ name }) => name !== last);
  const foreign = { ...model, graph: { ...graph, initializers } };
  expect(() => cropOf(foreign)).toThrow(GraphError);
  expect(() => cropOf(foreign)).toThrow(`crop: has a bound, ${last}, that is no initializer`);
});

test('does not mistake another operator of that name for it', () => {
  const g = new GraphBuilder('foreign');
  g.output('y', g.relu(g.input('beats', 'float32', ['N', 3, 300]), { name: 'crop' }));
  expect(cropOf(g.build())).toEqual([0, 300]);
});
