import { tensor, type Value } from '@edgebeat/graph';
import type { Build, CasesOf, Forward } from '../gradient-check.js';

/** Any start, end and step along an axis of 7, as far as they take something. */
function* slices(): Generator<[string, Build]> {
  for (const step of [1, 2, 3, 9, -1, -2, -3]) {
    for (const [start, end] of step > 0 ? rising : falling) {
      yield [
        `${start} to ${end} by ${step}`,
        ({ g, x }) => g.slice(x([2, 7]), g.int64([start]), g.int64([end]), g.int64([1]), g.int64([step])),
      ];
    }
  }
}
const rising = [
  [0, 7],
  [2, 6],
  [-5, -1],
  [-100, 100],
] as const;
const falling = [
  [6, -100],
  [5, 1],
  [-2, -6],
  [100, 0],
] as const;

const indices = (g: Forward['g'], shape: number[], values: number[]) =>
  g.constant(tensor('indices', 'int64', shape, values));

const pieces = (g: Forward['g'], x: Value, axis: number, sizes: number[]) =>
  g.node('Split', [x, g.int64(sizes)], { outputs: sizes.length, attributes: { axis } });

export const rearranging: CasesOf<
  | 'Reshape'
  | 'Flatten'
  | 'Squeeze'
  | 'Unsqueeze'
  | 'Identity'
  | 'Transpose'
  | 'Concat'
  | 'Split'
  | 'Slice'
  | 'Pad'
  | 'Gather'
  | 'GatherElements'
  | 'Expand'
  | 'Tile'
> = {
  Reshape: {
    'sizes told': ({ g, x }) => g.reshape(x([2, 6]), g.int64([3, 4])),
    'a size left open, one kept': ({ g, x }) => g.reshape(x([2, 3, 4]), g.int64([0, -1])),
    'to a scalar': ({ g, x }) => g.reshape(x([1, 1]), g.int64([])),
  },
  Flatten: {
    'axis 1': ({ g, x }) => g.flatten(x([2, 3, 4])),
    'axis 0': ({ g, x }) => g.flatten(x([2, 3]), { axis: 0 }),
    'axis -1': ({ g, x }) => g.flatten(x([2, 3, 4]), { axis: -1 }),
  },
  Squeeze: {
    'some dimensions': ({ g, x }) => g.squeeze(x([1, 2, 1, 3]), g.int64([-2])),
    'all of size 1': ({ g, x }) => g.squeeze(x([1, 2, 1, 3])),
  },
  Unsqueeze: {
    'two dimensions': ({ g, x }) => g.unsqueeze(x([2, 3]), g.int64([0, 2])),
    'at the end': ({ g, x }) => g.unsqueeze(x([2, 3]), g.int64([-1])),
  },
  Identity: { 'any shape': ({ g, x }) => g.identity(x([2, 3])) },
  Transpose: {
    reversed: ({ g, x }) => g.transpose(x([2, 3, 4])),
    'a cycle of three': ({ g, x }) => g.transpose(x([2, 3, 4]), { perm: [1, 2, 0] }),
    'a cycle of four': ({ g, x }) => g.transpose(x([2, 3, 4, 2]), { perm: [2, 0, 3, 1] }),
  },
  Concat: {
    'sizes that differ': ({ g, x }) => g.concat(x([2, 1, 2]), x([2, 3, 2]), x([2, 2, 2]), { axis: 1 }),
    'an axis from the end': ({ g, x }) => g.concat(x([2, 3]), x([2, 1]), { axis: -1 }),
    'a constant between': ({ g, x, real }) => g.concat(x([2]), real([1, 2, 3]), x([1]), { axis: 0 }),
    'one value twice': ({ g, x }) => {
      const a = x([2, 2]);
      return g.concat(a, x([1, 2]), a, { axis: 0 });
    },
    'one alone': ({ g, x }) => g.concat(x([2, 2]), { axis: 0 }),
  },
  Split: {
    'equal parts': ({ g, x }) => g.split(x([2, 6]), { axis: 1, num_outputs: 3 }),
    'a smaller last part': ({ g, x }) => g.split(x([7, 2]), { num_outputs: 3 }),
    'parts of sizes told': ({ g, x }) => pieces(g, x([2, 6, 2]), -2, [1, 3, 2]),
    'the first part unused': ({ g, x }) => pieces(g, x([6]), 0, [2, 1, 3]).slice(1),
    'the middle part unused': ({ g, x }) => {
      const [first, , last] = pieces(g, x([2, 6]), 1, [2, 1, 3]);
      return [first!, last!];
    },
    'one part used twice': ({ g, x }) => {
      const [first, second] = pieces(g, x([4]), 0, [2, 2]);
      return g.mul(g.mul(first!, first!), second!);
    },
    'one part alone': ({ g, x }) => g.split(x([3]), { num_outputs: 1 }),
  },
  Slice: {
    ...Object.fromEntries(slices()),
    'two axes': ({ g, x }) =>
      g.slice(x([4, 3, 5]), g.int64([1, -1]), g.int64([3, 0]), g.int64([0, -1]), g.int64([1, -2])),
    'axes left out': ({ g, x }) => g.slice(x([4, 5]), g.int64([1, 2]), g.int64([3, 100])),
    'steps left out': ({ g, x }) => g.slice(x([4, 5]), g.int64([1]), g.int64([4]), g.int64([1])),
  },
  Pad: {
    'all axes': ({ g, x }) => g.pad(x([2, 3]), g.int64([1, 0, 2, 3])),
    'with a value': ({ g, x, real }) => g.pad(x([2, 3]), g.int64([1, 0, 2, 3]), real(7)),
    'some axes': ({ g, x }) => g.pad(x([2, 3, 4]), g.int64([1, 2, 0, 3]), undefined, g.int64([-1, 0])),
    'cutting off': ({ g, x }) => g.pad(x([4, 5]), g.int64([-1, 0, -2, -3])),
    'cutting and adding': ({ g, x }) => g.pad(x([4, 5]), g.int64([-1, 2, 3, -1])),
  },
  Gather: {
    'some entries': ({ g, x }) => g.gather(x([4, 3]), indices(g, [2], [2, 0])),
    'one entry, its dimension dropped': ({ g, x }) => g.gather(x([2, 3, 4]), indices(g, [], [1]), { axis: 1 }),
    'entries again and again': ({ g, x }) => g.gather(x([4, 3]), indices(g, [5], [1, 1, 3, 1, 0])),
    'entries from the end': ({ g, x }) => g.gather(x([4, 3]), indices(g, [3], [-1, 3, -4])),
    'a matrix of indices': ({ g, x }) => g.gather(x([2, 4, 3]), indices(g, [2, 2], [1, 0, 3, 1]), { axis: 1 }),
    'the last axis': ({ g, x }) => g.gather(x([2, 4]), indices(g, [3], [2, -2, 0]), { axis: -1 }),
    'int32 indices': ({ g, x }) => g.gather(x([4]), g.constant(tensor('i', 'int32', [2], [3, -3]))),
    'a vector': ({ g, x }) => g.gather(x([4]), indices(g, [], [-2])),
  },
  GatherElements: {
    'axis 0': ({ g, x }) => g.gatherElements(x([3, 2]), indices(g, [2, 2], [2, 0, 1, -1])),
    'axis 1, an element again': ({ g, x }) =>
      g.gatherElements(x([2, 3]), indices(g, [2, 4], [0, 0, 2, 0, 1, -1, 2, -3]), { axis: 1 }),
    'fewer along the other axes': ({ g, x }) =>
      g.gatherElements(x([3, 4, 2]), indices(g, [2, 5, 1], [0, 1, 2, 3, 0, 3, 3, -1, 1, 1]), { axis: -2 }),
  },
  Expand: {
    'along dimensions of size 1': ({ g, x }) => g.expand(x([2, 1, 3]), g.int64([2, 4, 3])),
    'to a higher rank': ({ g, x }) => g.expand(x([3, 1]), g.int64([2, 1, 4])),
    'to a lower rank': ({ g, x }) => g.expand(x([2, 3, 1]), g.int64([2])),
    'a scalar': ({ g, x }) => g.expand(x([]), g.int64([2, 3])),
    'as it is': ({ g, x }) => g.expand(x([2, 3]), g.int64([1])),
  },
  Tile: {
    'both axes': ({ g, x }) => g.tile(x([2, 3]), g.int64([2, 3])),
    'one axis': ({ g, x }) => g.tile(x([2, 1, 3]), g.int64([1, 4, 1])),
    once: ({ g, x }) => g.tile(x([2, 3]), g.int64([1, 1])),
    'a scalar': ({ g, x }) => g.tile(x([]), g.int64([])),
  },
};
