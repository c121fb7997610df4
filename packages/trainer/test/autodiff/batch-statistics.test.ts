/** The statistics that BatchNormalization takes and gives on a tape for training. */

import { encodeModel, type Graph, GraphBuilder, tensor, type Value } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { Tape } from '../../src/autodiff/tape.js';

const batch = [
  [1, 10],
  [2, 30],
  [6, 20],
];
const mean = [3, 20];
const variance = [(4 + 1 + 9) / 3, 200 / 3];

/** As many nodes on x as names, of equal running statistics of their own. */
function normalizations(...names: string[]): Graph {
  const g = new GraphBuilder('forward');
  const x = g.input('x', 'float32', [3, 2]);
  const constant = (name: string, value: number) => g.constant(tensor(name, 'float32', [2], [value, value]));
  for (const name of names) {
    const parameters = [constant(`${name} scale`, 1), constant(`${name} bias`, 0)] as const;
    const running = [constant(`${name} mean`, 100), constant(`${name} variance`, 50)] as const;
    g.output(name, g.batchNormalization(x, ...parameters, ...running));
  }
  return g.build().graph;
}

async function run(g: Tape['g'], outputs: Record<string, Value>, feeds: Record<string, OrtTensor> = {}) {
  for (const [name, value] of Object.entries(outputs)) g.output(name, value);
  const session = await InferenceSession.create(encodeModel(g.build()), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const x = new OrtTensor('float32', Float32Array.from(batch.flat()), [3, 2]);
    const results = await session.run({ x, ...feeds });
    return Object.fromEntries(Object.keys(outputs).map((name) => [name, [...(results[name]!.data as Float32Array)]]));
  } finally {
    await session.release();
  }
}

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 4));

test('those of the batch come out, the variance being that of the population', async () => {
  const tape = new Tape(normalizations('y'), { training: true });
  const [, byMean, byVariance] = tape.nodes[0]!.outputs;
  const results = await run(tape.g, { mean: byMean!, variance: byVariance! });
  expect(results).toEqual({ mean: near(mean), variance: near(variance) });
});

test('running statistics that are fed stay as they are, for other nodes and for the caller', async () => {
  const asInputs = new Set(['y mean', 'y variance']);
  const tape = new Tape(normalizations('y'), { training: true, asInputs });
  const { g } = tape;
  const [, byMean, byVariance] = tape.nodes[0]!.outputs;
  const [before, spreadBefore] = [tape.value('y mean'), tape.value('y variance')];
  const feeds = {
    'y mean': new OrtTensor('float32', Float32Array.of(100, 200), [2]),
    'y variance': new OrtTensor('float32', Float32Array.of(300, 400), [2]),
  };
  const results = await run(g, { mean: g.add(before, byMean!), variance: g.add(spreadBefore, byVariance!) }, feeds);
  expect(results).toEqual({ mean: near([103, 220]), variance: near([300 + variance[0]!, 400 + variance[1]!]) });
  expect([...feeds['y mean'].data, ...feeds['y variance'].data]).toEqual([100, 200, 300, 400]);
});

test('nodes of equal running statistics and equal data keep their own', async () => {
  const g = new GraphBuilder('forward');
  const x = g.input('x', 'float32', [3, 2]);
  const filled = (name: string, value: number) => g.constant(tensor(name, 'float32', [2], [value, value]));
  const normalise = (data: Value, name: string) =>
    g.batchNormalization(
      data,
      filled(`${name} scale`, 2),
      filled(`${name} bias`, 7),
      filled(`${name} mean`, 0),
      filled(`${name} variance`, 1),
    );
  g.output('one', normalise(x, 'one'));
  g.output('other', normalise(x, 'other'));
  g.output('next', normalise(normalise(x, 'before'), 'next'));
  const tape = new Tape(g.build().graph, { training: true });
  const statistics = tape.nodes.flatMap(({ outputs }, index) => [
    [`mean ${index}`, outputs[1]!] as const,
    [`variance ${index}`, outputs[2]!] as const,
  ]);
  const results = await run(tape.g, Object.fromEntries(statistics));
  for (const index of [0, 1, 2]) {
    expect(results[`mean ${index}`]).toEqual(near(mean));
    expect(results[`variance ${index}`]).toEqual(near(variance));
  }
  expect(results['mean 3']).toEqual(near([7, 7]));
  expect(results['variance 3']).toEqual(near([4, 4]));
});

test('a batch of symbolic size is refused by the name of the node', () => {
  const g = new GraphBuilder('forward');
  const x = g.input('x', 'float32', ['N', 2]);
  const one = g.float32([1, 1]);
  g.output('y', g.batchNormalization(x, one, one, one, one, { name: 'norm' }));
  const { graph } = g.build();
  expect(() => new Tape(graph, { training: true })).toThrow(
    'node "norm" (BatchNormalization): "x" has the symbolic dimension N',
  );
  expect(() => new Tape(graph)).not.toThrow();
  expect(() => new Tape(graph, { training: true, sizes: { N: 4 } })).not.toThrow();
});
