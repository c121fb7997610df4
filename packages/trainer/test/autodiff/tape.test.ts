/** The tape: how a graph is replayed, and what it refuses. */

import { type Graph, GraphBuilder, inferShapes, type Node, tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { AutodiffError } from '../../src/autodiff/autodiff-error.js';
import { Tape } from '../../src/autodiff/tape.js';

function dense(): Graph {
  const g = new GraphBuilder('dense');
  const weight = g.constant(tensor('weight', 'float32', [2, 3], [1, 2, 3, 4, 5, 6]));
  g.output('y', g.relu(g.matMul(g.input('x', 'float32', ['N', 2]), weight, { name: 'product' }), { name: 'active' }));
  return g.build().graph;
}

const node = (operator: string, inputs: string[], outputs: string[]): Node => ({
  operator,
  name: '',
  inputs,
  outputs,
  attributes: new Map(),
});

test('values keep their names, nodes their order', () => {
  const tape = new Tape(dense());
  expect(tape.nodes.map(({ operator }) => operator)).toEqual(['MatMul', 'Relu']);
  expect(tape.value('product').shape).toEqual(['N', 3]);
  expect(tape.value('y').name).toBe('y');
  expect(tape.constant(tape.value('weight'))?.data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  expect(() => tape.value('z')).toThrow('value "z": is not in the graph');
});

test('symbolic dimensions get the sizes told', () => {
  expect(new Tape(dense(), { sizes: { N: 5 } }).value('y').shape).toEqual([5, 3]);
});

test('initializers become inputs where asked', () => {
  const tape = new Tape(dense(), { asInputs: new Set(['weight']) });
  tape.g.output('y', tape.value('y'));
  const { graph } = tape.g.build();
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'weight']);
  expect(graph.initializers).toEqual([]);
  expect(tape.constant(tape.value('weight'))).toBeUndefined();
});

test('further outputs of nodes do not take the names of other values', () => {
  const g = new GraphBuilder('names');
  const one = g.float32([1, 1]);
  const first = g.layerNormalization(g.input('x', 'float32', [3, 2]), one, { name: 'h' });
  const second = g.layerNormalization(g.relu(first, { name: 'h.1' }), one, { name: 'h_' });
  g.output('y', g.layerNormalization(g.exp(second, { name: 'h__' }), one, { name: 'z' }));
  const tape = new Tape(g.build().graph, { training: true });
  for (const name of ['h', 'h.1', 'h_', 'h__', 'y']) expect(tape.value(name).shape).toEqual([3, 2]);
  tape.g.output('result', tape.value('y'));
  const names = tape.g.build().graph.nodes.flatMap(({ outputs }) => outputs);
  expect(new Set(names).size).toBe(names.length);
  expect(
    tape.nodes.filter(({ operator }) => operator === 'LayerNormalization').map(({ outputs }) => outputs.length),
  ).toEqual([3, 3, 3]);
});

test('nodes without a name for their first output are taken', () => {
  const graph: Graph = {
    name: 'unnamed',
    inputs: [{ name: 'x', dtype: 'float32', shape: [1, 1, 4] }],
    outputs: [{ name: 'indices', dtype: 'int64' }],
    nodes: [
      {
        ...node('MaxPool', ['x'], ['', 'indices']),
        attributes: new Map([['kernel_shape', { kind: 'ints', value: [2] }]]),
      },
    ],
    initializers: [],
    valueInfo: [],
  };
  expect(new Tape(graph).value('indices')).toMatchObject({ dtype: 'int64', shape: [1, 1, 3] });
});

test('an operator outside the subset is refused by the name of its node', () => {
  const graph: Graph = {
    name: 'foreign',
    inputs: [{ name: 'x', dtype: 'float32', shape: [2] }],
    outputs: [{ name: 'y', dtype: 'float32' }],
    nodes: [{ ...node('Elu', ['x'], ['y']), name: 'bent' }],
    initializers: [],
    valueInfo: [],
  };
  const replay = () => new Tape(graph);
  expect(replay).toThrow(AutodiffError);
  expect(replay).toThrow('node "bent" (Elu): is not of the supported operators');
});

test('an input without a shape is refused', () => {
  const graph = { ...dense(), inputs: [{ name: 'x', dtype: 'float32' as const }] };
  expect(() => new Tape(graph)).toThrow('graph input "x": has no shape');
});

test('the replayed graph means the same', () => {
  const graph = dense();
  const tape = new Tape(graph);
  tape.g.output('y', tape.value('y'));
  expect(inferShapes(tape.g.build().graph)).toEqual(inferShapes(graph));
});
