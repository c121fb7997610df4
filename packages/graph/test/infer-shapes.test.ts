/** Checks that inference makes over a whole graph; each message names what is at fault. */
import { describe, expect, test } from '@jest/globals';
import {
  attributesOf,
  type Graph,
  GraphBuilder,
  GraphError,
  inferShapes,
  isSupported,
  type Node,
  tensor,
  type ValueInfo,
} from '../src/index.js';

const x: ValueInfo = { name: 'x', dtype: 'float32', shape: ['N', 3, 300] };

function node(operator: string, inputs: string[], outputs: string[], rest: Partial<Node> = {}): Node {
  return { operator, name: '', inputs, outputs, attributes: new Map(), ...rest };
}

function graph(nodes: Node[], rest: Partial<Graph> = {}): Graph {
  return { name: 'g', inputs: [x], outputs: [], nodes, initializers: [], valueInfo: [], ...rest };
}

test('gives the type of every value', () => {
  const g = new GraphBuilder('g');
  const input = g.input('x', 'float32', ['N', 3, 300]);
  const w = g.constant(tensor('w', 'float32', [8, 3, 7], new Float32Array(168)));
  const stem = g.conv(input, w, { strides: [2], name: 'stem' });
  g.output('classes', g.cast(g.globalAveragePool(stem), { to: 'float64' }));
  expect(inferShapes(g.build().graph)).toEqual(
    new Map([
      ['w', { dtype: 'float32', shape: [8, 3, 7] }],
      ['x', { dtype: 'float32', shape: ['N', 3, 300] }],
      ['stem', { dtype: 'float32', shape: ['N', 8, 147] }],
      ['GlobalAveragePool_0', { dtype: 'float32', shape: ['N', 8, 1] }],
      ['classes', { dtype: 'float64', shape: ['N', 8, 1] }],
    ]),
  );
});

test('a declared symbolic dimension agrees with any size, and a missing shape with any shape', () => {
  const nodes = [node('Relu', ['x'], ['y'])];
  inferShapes(graph(nodes, { outputs: [{ name: 'y', dtype: 'float32', shape: ['batch', 3, '?'] }] }));
  inferShapes(graph(nodes, { outputs: [{ name: 'y', dtype: 'float32' }] }));
});

test('attributes come typed, with the defaults of the standard', () => {
  const relu = node('Softmax', ['x'], ['y']);
  if (!isSupported(relu) || relu.operator !== 'Softmax') throw new Error('unreachable');
  expect(attributesOf({ ...relu, operator: 'Softmax' })).toEqual({ axis: -1 });
});

describe('refuses', () => {
  const output = (rest: Partial<ValueInfo>): ValueInfo => ({ name: 'y', dtype: 'float32', ...rest });
  const refusals: Record<string, [Graph, RegExp]> = {
    'an unknown operator': [graph([node('Rely', ['x'], ['y'])]), /^node "y" \(Rely\): is not a supported operator$/],
    'an operator of another publisher': [
      graph([node('Relu', ['x'], ['y'], { domain: 'com.microsoft' })]),
      /^node "y" \(Relu\): is an operator of com.microsoft/,
    ],
    'an unknown input': [
      graph([node('Relu', ['z'], ['y'], { name: 'act' })]),
      /^node "act" \(Relu\): reads "z", which nothing/,
    ],
    'nodes out of order': [
      graph([node('Relu', ['z'], ['y']), node('Tanh', ['x'], ['z'])]),
      /^node "y" \(Relu\): reads "z" before node "z" \(Tanh\) makes it/,
    ],
    'a node that reads itself': [graph([node('Add', ['x', 'y'], ['y'])]), /reads its own output "y"/],
    'a value made twice': [
      graph([node('Relu', ['x'], ['y']), node('Tanh', ['x'], ['y'])]),
      /^node "y" \(Tanh\): value "y" is made a second time/,
    ],
    'an output named like an input': [graph([node('Relu', ['x'], ['x'])]), /^node "x" \(Relu\): value "x" is made/],
    'an initializer twice': [
      graph([], { initializers: [tensor('a', 'int8', [], [1]), tensor('a', 'int8', [], [1])] }),
      /^initializer "a": value "a"/,
    ],
    'an initializer without name': [graph([], { initializers: [tensor('', 'int8', [], [1])] }), /has no name/],
    'an open dimension of an input': [
      graph([], { inputs: [{ ...x, shape: ['N', '?'] }] }),
      /^graph input "x": has open dimensions: \[N, \?\]/,
    ],
    'an input without shape': [
      graph([], { inputs: [{ name: 'x', dtype: 'float32' }] }),
      /^graph input "x": has no shape/,
    ],
    'too many inputs': [graph([node('Relu', ['x', 'x'], ['y'])]), /^node "y" \(Relu\): has 2 inputs/],
    'too few inputs': [graph([node('Add', ['x'], ['y'])]), /^node "y" \(Add\): has 1 inputs/],
    'an input left out': [graph([node('Add', ['', 'x'], ['y'])]), /^node "y" \(Add\): input 0 \(A\) is left out/],
    'one of many inputs left out': [
      graph([node('Concat', ['x', ''], ['y'], { attributes: new Map([['axis', { kind: 'int', value: 1 }]]) })]),
      /^node "y" \(Concat\): an input is left out/,
    ],
    'too many outputs': [graph([node('Relu', ['x'], ['y', 'z'])]), /has 2 outputs/],
    'no outputs': [graph([node('Relu', ['x'], [])]), /has 0 outputs/],
    'an unknown attribute': [
      graph([node('Softmax', ['x'], ['y'], { attributes: new Map([['axes', { kind: 'int', value: 1 }]]) })]),
      /^node "y" \(Softmax\): attribute axes is not known/,
    ],
    'a missing attribute': [graph([node('Concat', ['x'], ['y'])]), /attribute axis is missing/],
    'an attribute of another kind': [
      graph([node('Softmax', ['x'], ['y'], { attributes: new Map([['axis', { kind: 'float', value: 1 }]]) })]),
      /attribute axis: is of kind float/,
    ],
    'a flag that is none': [
      graph([node('ReduceSum', ['x'], ['y'], { attributes: new Map([['keepdims', { kind: 'int', value: 2 }]]) })]),
      /attribute keepdims: is 2/,
    ],
    'a word that is none': [
      graph([node('Gelu', ['x'], ['y'], { attributes: new Map([['approximate', { kind: 'string', value: 'erf' }]]) })]),
      /attribute approximate: is "erf"/,
    ],
    'a type that is not supported': [
      graph([node('Cast', ['x'], ['y'], { attributes: new Map([['to', { kind: 'int', value: 8 }]]) })]),
      /attribute to: element type 8/,
    ],
    'an output that nothing makes': [graph([], { outputs: [output({})] }), /^graph output "y": nothing makes it/],
    'an output twice': [
      graph([node('Relu', ['x'], ['y'])], { outputs: [output({}), output({})] }),
      /^graph output "y": is there twice/,
    ],
    'an output declared otherwise': [
      graph([node('Relu', ['x'], ['y'])], { outputs: [output({ shape: ['N', 3, 299] })] }),
      /^graph output "y": is declared float32\[N, 3, 299\] and is float32\[N, 3, 300\]/,
    ],
    'an output of another type': [
      graph([node('Relu', ['x'], ['y'])], { outputs: [output({ dtype: 'int8' })] }),
      /is declared int8 and is float32/,
    ],
  };

  test.each(Object.keys(refusals))('%s', (title) => {
    const [faulty, message] = refusals[title]!;
    expect(() => inferShapes(faulty)).toThrow(GraphError);
    expect(() => inferShapes(faulty)).toThrow(message);
  });

  test('with a hint at the word that was meant', () => {
    const hintOf = (faulty: Graph) => {
      try {
        inferShapes(faulty);
      } catch (error) {
        return (error as GraphError).hint;
      }
      return undefined;
    };
    expect(hintOf(graph([node('Rely', ['x'], ['y'])]))).toBe('did you mean Relu?');
    expect(hintOf(graph([node('Einsum', ['x'], ['y'])]))).toMatch(/^known are Add, Sub/);
  });
});
