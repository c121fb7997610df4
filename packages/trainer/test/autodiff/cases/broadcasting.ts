import { tensor } from '@edgebeat/graph';
import { apart, type Build, type CasesOf, type Fill, positive } from '../gradient-check.js';

const shapes: readonly (readonly [number[], number[]])[] = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [[2, 3], []],
  [[], [2, 3]],
  [
    [2, 1, 3],
    [4, 1],
  ],
  [
    [1, 3],
    [2, 3],
  ],
  [[3], [2, 1, 1]],
  [[1, 1], [1]],
];

const binary = (method: 'add' | 'sub' | 'mul' | 'div', fill?: Fill): Record<string, Build> =>
  Object.fromEntries(
    shapes.map(([a, b]): [string, Build] => [`[${a}] and [${b}]`, ({ g, x }) => g[method](x(a), x(b, fill))]),
  );

const extreme = (method: 'min' | 'max'): Record<string, Build> => ({
  // One row of numbers that lie apart, cut in two, so that no element of one is near one of the other.
  two: ({ g, x }) => {
    const [a, b] = g.node('Split', [x([2, 6], apart)], { outputs: 2, attributes: { axis: 1, num_outputs: 2 } });
    return g[method](a!, b!);
  },
  'two, broadcast': ({ g, x }) => {
    const [a, b] = g.node('Split', [x([7, 2], apart), g.int64([6, 1])], { outputs: 2 });
    return g[method](a!, b!);
  },
  'against a constant': ({ g, x, real }) => g[method](real(0.2), x([5], apart)),
  'four, with ranks of their own': ({ g, x, real }) =>
    g[method](x([2, 1, 4], apart), real(0.1), x([3, 1], apart), real([0.2])),
  one: ({ g, x }) => g[method](x([2, 3])),
});

export const broadcasting: CasesOf<'Add' | 'Sub' | 'Mul' | 'Div' | 'Min' | 'Max' | 'Where'> = {
  Add: binary('add'),
  Sub: binary('sub'),
  Mul: binary('mul'),
  Div: binary('div', positive),
  Min: extreme('min'),
  Max: extreme('max'),
  Where: {
    'one shape': ({ g, x }) =>
      g.where(g.constant(tensor('chosen', 'bool', [2, 3], [1, 0, 0, 1, 1, 0])), x([2, 3]), x([2, 3])),
    'all three broadcast': ({ g, x }) =>
      g.where(g.constant(tensor('chosen', 'bool', [2, 1, 1], [1, 0])), x([4, 1]), x([3])),
    'the condition has the highest rank': ({ g, x }) =>
      g.where(g.constant(tensor('chosen', 'bool', [2, 2], [1, 0, 0, 0])), x([]), x([1])),
    'a condition that is computed': ({ g, x, real }) => {
      const a = x([2, 5], apart);
      return g.where(g.greater(a, real(0)), g.mul(a, a), x([5]));
    },
  },
};
