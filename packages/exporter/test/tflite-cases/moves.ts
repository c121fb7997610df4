/** Reshape, Transpose, Slice, Concat, Gather, Pad, Expand. */
import type { AnyOperation } from '../../src/index.js';
import { codes, integerGraph } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

const Q = [0.05, -3] as const;

/** An operation that only puts codes elsewhere: nothing may differ. */
function move(
  title: string,
  x: readonly number[],
  y: readonly number[],
  operation: Pick<AnyOperation, 'operator' | 'attributes'>,
  operators: readonly string[],
): Case {
  return {
    title,
    graph: integerGraph(
      { x: codes(x, ...Q), y: codes(y, ...Q) },
      ['x'],
      [{ ...operation, inputs: ['x'], outputs: ['y'] } as Omit<AnyOperation, 'name'> as never],
      ['y'],
    ),
    operators,
  };
}

const slice = (starts: readonly number[], steps: readonly number[]) =>
  ({ operator: 'Slice', attributes: { starts, steps } }) as const;

function concat(title: string, second: readonly [number, number], operators: readonly string[], within = 0): Case {
  return {
    title,
    graph: integerGraph(
      { a: codes([1, 2, 24], ...Q), b: codes([1, 3, 24], ...second), y: codes([1, 5, 24], ...Q) },
      ['a', 'b'],
      [{ operator: 'Concat', inputs: ['a', 'b'], outputs: ['y'], attributes: { axis: 1 } }],
      ['y'],
    ),
    operators,
    within,
  };
}

export const moveCases = {
  Reshape: [
    move('to other dimensions', [1, 6, 40], [1, 6, 8, 5], { operator: 'Reshape', attributes: {} }, ['RESHAPE']),
    move('without a dimension of size 1', [1, 6, 40], [6, 40], { operator: 'Reshape', attributes: {} }, ['RESHAPE']),
  ],
  Transpose: [
    move('three dimensions', [1, 6, 40], [1, 40, 6], { operator: 'Transpose', attributes: { perm: [0, 2, 1] } }, [
      'TRANSPOSE',
    ]),
    move('four dimensions', [1, 6, 5, 8], [1, 5, 8, 6], { operator: 'Transpose', attributes: { perm: [0, 2, 3, 1] } }, [
      'TRANSPOSE',
    ]),
    move(
      'five dimensions',
      [1, 6, 3, 5, 8],
      [3, 1, 8, 6, 5],
      { operator: 'Transpose', attributes: { perm: [2, 0, 4, 1, 3] } },
      ['TRANSPOSE'],
    ),
  ],
  Slice: [
    move('a part', [1, 6, 40], [1, 2, 10], slice([0, 3, 20], [1, 1, 1]), ['STRIDED_SLICE']),
    move('every third', [1, 6, 40], [1, 6, 13], slice([0, 0, 1], [1, 1, 3]), ['STRIDED_SLICE']),
    move('backwards', [1, 6, 40], [1, 6, 40], slice([0, 5, 39], [1, -1, -1]), ['STRIDED_SLICE']),
  ],
  Concat: [
    concat('in one scale', Q, ['CONCATENATION']),
    concat('with another scale', [0.04, 8], ['QUANTIZE', 'CONCATENATION'], 1),
  ],
  Gather: [
    move('several', [1, 6, 40], [1, 3, 40], { operator: 'Gather', attributes: { axis: 1, indices: [4, 0, 4] } }, [
      'GATHER',
    ]),
    move(
      'one, whose dimension goes away',
      [1, 6, 40],
      [1, 40],
      { operator: 'Gather', attributes: { axis: 1, indices: [4] } },
      ['GATHER', 'RESHAPE'],
    ),
  ],
  Pad: [
    move('three dimensions', [1, 6, 40], [1, 9, 42], { operator: 'Pad', attributes: { pads: [0, 2, 0, 0, 1, 2] } }, [
      'PAD',
    ]),
  ],
  Expand: [
    move('a row for all', [1, 1, 24], [1, 5, 24], { operator: 'Expand', attributes: {} }, ['BROADCAST_TO']),
    move('to more dimensions', [5, 1], [1, 5, 24], { operator: 'Expand', attributes: {} }, ['RESHAPE', 'BROADCAST_TO']),
  ],
} satisfies Record<string, readonly Case[]>;
