/** The rules together: order, what is noted, what stays, what is refused. */

import { GraphBuilder, type Model, tensor, toHalfPrecision, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { ExportError, prepareModel } from '../../src/index.js';
import { difference, outputsOf, randomNumbers } from './same-outputs.js';

const constant = (g: GraphBuilder, name: string, shape: readonly number[], offset = 0): Value => {
  const count = shape.reduce((product, size) => product * size, 1);
  return g.constant(
    tensor(
      name,
      'float32',
      shape,
      randomNumbers(count, count + 3).map((x) => x / 8 + offset),
    ),
  );
};

const statistics = (g: GraphBuilder, channels: number) =>
  [
    constant(g, 'scale', [channels], 1),
    constant(g, 'shift', [channels]),
    constant(g, 'mean', [channels]),
    constant(g, 'variance', [channels], 1),
  ] as const;

/** A network with something for most of the rules. */
function network(): Model {
  const g = new GraphBuilder('network');
  const x = g.input('signal', 'float32', ['N', 1, 64]);
  const filters = g.transpose(constant(g, 'filters', [1, 40, 32]), { perm: [2, 0, 1], name: 'turned' });
  const conv = g.conv(g.pad(x, g.int64([0, 0, 2, 0, 0, 2])), filters, { name: 'conv' });
  const normal = g.batchNormalization(conv, ...statistics(g, 32), { name: 'bn' });
  const rows = g.flatten(g.globalAveragePool(g.relu(g.identity(normal))));
  g.softmax(g.gemm(rows, constant(g, 'unread', [32, 3])));
  const dense = g.gemm(rows, constant(g, 'dense', [32, 4]), constant(g, 'bias', [4]), {
    alpha: 0.5,
    name: 'dense.gemm',
  });
  g.output('scores', g.mul(dense, g.float32(3), { name: 'times' }));
  g.output('rows', rows);
  return g.build({ metadata: new Map([['edgebeat.rate', '250']]), doc: 'as it was' });
}

test('notes every rule with its node, in the order in which they were applied', async () => {
  const model = toHalfPrecision(network());
  const { model: prepared, applied } = await prepareModel(model);
  expect(applied.map(({ rule, node }) => `${rule} ${node}`)).toEqual([
    'widen-half-precision filters/widen',
    'eliminate-dead-nodes Gemm_0',
    'eliminate-dead-nodes Softmax_0',
    'fold-constants turned',
    'remove-identity Identity_0',
    'normalise-gemm dense.gemm',
    'fold-pad conv',
    'fold-batch-normalization bn',
    'fold-scale times',
  ]);
  expect(prepared.graph.nodes.map(({ operator }) => operator)).toEqual([
    'Conv',
    'Relu',
    'GlobalAveragePool',
    'Flatten',
    'Gemm',
  ]);
  expect(difference(await outputsOf(model, model.graph), await outputsOf(prepared, model.graph))).toBeLessThan(1e-5);
});

test('inputs, outputs, metadata and documentation stay; what is given is not changed', async () => {
  const model = network();
  const { model: prepared } = await prepareModel(model);
  expect(model).toEqual(network());
  expect({ ...prepared, graph: {} }).toEqual({ ...model, graph: {} });
  expect(prepared.graph.inputs).toEqual(model.graph.inputs);
  expect(prepared.graph.outputs).toEqual(model.graph.outputs);
  const made = prepared.graph.nodes.flatMap(({ outputs }) => outputs);
  expect(prepared.graph.valueInfo.map(({ name }) => name)).toEqual(
    made.filter((name) => name !== 'scores' && name !== 'rows'),
  );
});

test('a prepared model has nothing left to do', async () => {
  const { model } = await prepareModel(network());
  const again = await prepareModel(model);
  expect(again.applied).toEqual([]);
  expect(again.model).toEqual(model);
});

test('constants of every kind of operator are computed', async () => {
  const g = new GraphBuilder('constants');
  const x = g.input('x', 'float32', ['N', 6]);
  const [left, right] = g.split(constant(g, 'table', [4, 6]), g.int64([2, 2]));
  const picked = g.gather(g.concat(right!, left!, { axis: 0 }), g.int64([3, 0]));
  const flags = g.greater(picked, g.float32(0));
  const chosen = g.where(flags, g.exp(picked), g.slice(g.tile(picked, g.int64([2, 1])), g.int64([1]), g.int64([3])));
  const square = g.expand(g.reduceSum(chosen, g.int64([0])), g.int64([2, 6]));
  g.output(
    'y',
    g.add(g.matMul(x, g.transpose(square)), g.cast(g.squeeze(g.int64([3]), g.int64([0])), { to: 'float32' })),
  );
  const model = g.build();
  const { model: prepared, applied } = await prepareModel(model);
  expect(prepared.graph.nodes.map(({ operator }) => operator)).toEqual(['MatMul', 'Add']);
  expect(applied.every(({ rule }) => rule === 'fold-constants')).toBe(true);
  expect(difference(await outputsOf(model, model.graph), await outputsOf(prepared, model.graph))).toBeLessThan(1e-6);
});

test('outputs that are constants stay nodes', async () => {
  const g = new GraphBuilder('constant output');
  g.output('two', g.sqrt(g.float32([4])));
  g.output('y', g.relu(g.input('x', 'float32', ['N', 6])));
  const model = g.build();
  const { model: prepared } = await prepareModel(model);
  expect(prepared.graph.nodes.map(({ operator }) => operator)).toEqual(['Sqrt', 'Relu']);
  expect(difference(await outputsOf(model, model.graph), await outputsOf(prepared, model.graph))).toBe(0);
});

describe('refuses', () => {
  const refused = async (model: Model, message: RegExp) => {
    const error = await prepareModel(model).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ExportError);
    expect((error as ExportError).message).toMatch(message);
    expect((error as ExportError).hint).not.toBe('');
  };

  test('BatchNormalization by the batch', async () => {
    const g = new GraphBuilder('training');
    const x = g.input('x', 'float32', ['N', 4, 8]);
    g.output('y', g.batchNormalization(x, ...statistics(g, 4), { training_mode: true, name: 'bn1' }));
    await refused(g.build(), /"bn1" \(BatchNormalization\): is in training mode/);
  });

  test('constants that cannot be computed', async () => {
    const g = new GraphBuilder('out of range');
    const picked = g.gather(constant(g, 'table', [4, 6]), g.int64([4]), { name: 'pick' });
    g.output('y', g.add(g.input('x', 'float32', ['N', 6]), picked));
    await refused(g.build(), /cannot be computed.*pick/s);
  });

  test('constants out of proportion to the file', async () => {
    const g = new GraphBuilder('large');
    const large = g.expand(g.float32(1), g.int64([3000, 3000]), { name: 'spread' });
    g.output('y', g.add(g.input('x', 'float32', ['N', 1, 3000]), large));
    await refused(g.build(), /"spread" \(Expand\): makes constants of 36000000 bytes/);
  });

  test('values that no device holds', async () => {
    const g = new GraphBuilder('wide');
    g.output('y', g.pad(g.input('x', 'float32', ['N', 4]), g.int64([0, 0, 0, 1e8]), { name: 'wide' }));
    await refused(g.build(), /"wide" \(Pad\): makes float32\[N, 100000004\]/);
  });
});

test('a model that was trained for int8 keeps its normalizations, whose ranges it has learnt', async () => {
  const build = () => {
    const g = new GraphBuilder('trained');
    const x = g.layerNormalization(g.input('x', 'float32', ['N', 6]), constant(g, 's', [6], 1), constant(g, 'b', [6]));
    g.output('y', g.gemm(x, constant(g, 'w', [6, 3])));
    return g.build();
  };
  const rulesOf = async (model: Model) => (await prepareModel(model)).applied.map(({ rule }) => rule);
  expect(await rulesOf(build())).toEqual(['fold-normalization']);
  expect(await rulesOf({ ...build(), metadata: new Map([['edgebeat.ranges', '{}']]) })).toEqual([]);
});
