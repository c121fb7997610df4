/** ReduceMean, ReduceSum, ReduceMax. */
import { codes, integerGraph, reals } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

type Reduction = 'ReduceMean' | 'ReduceSum' | 'ReduceMax';

function reduced(
  operator: Reduction,
  title: string,
  x: readonly number[],
  axes: readonly number[],
  y: readonly number[],
  quantization: readonly [number, number],
  operators: readonly string[],
): Case {
  return {
    title,
    graph: integerGraph(
      { x: codes(x, 0.05, -3), y: codes(y, ...quantization) },
      ['x'],
      [{ operator, inputs: ['x'], outputs: ['y'], attributes: { axes } }],
      ['y'],
    ),
    operators,
    within: operator === 'ReduceMax' ? 0 : 1,
  };
}

/** In a float island. */
function reducedReals(operator: Reduction, code: string): Case {
  return {
    title: 'of real numbers',
    graph: integerGraph(
      { x: codes([1, 6, 40], 0.05, -3), r: reals([1, 6, 40]), y: reals([1, 6, 1]) },
      ['x'],
      [
        { operator: 'DequantizeLinear', inputs: ['x'], outputs: ['r'], attributes: {} },
        { operator, inputs: ['r'], outputs: ['y'], attributes: { axes: [2] } },
      ],
      ['y'],
    ),
    operators: ['DEQUANTIZE', code],
    within: 1e-5,
  };
}

const x = [1, 6, 40];

export const reductionCases = {
  ReduceMean: [
    reduced('ReduceMean', 'the last dimension', x, [2], [1, 6, 1], [0.02, 4], ['MEAN']),
    reduced('ReduceMean', 'the last dimension, which goes away', x, [2], [1, 6], [0.02, 4], ['MEAN', 'RESHAPE']),
    reduced('ReduceMean', 'in one scale', x, [1], [1, 1, 40], [0.05, -3], ['DEQUANTIZE', 'MEAN', 'QUANTIZE']),
    reduced('ReduceMean', 'two dimensions', [1, 4, 6, 10], [2, 3], [1, 4], [0.02, 4], ['MEAN', 'RESHAPE']),
    reducedReals('ReduceMean', 'MEAN'),
  ],
  ReduceSum: [
    reduced('ReduceSum', 'the last dimension', x, [2], [1, 6, 1], [0.9, 4], ['SUM']),
    reduced('ReduceSum', 'in one scale', x, [1], [1, 1, 40], [0.05, -3], ['DEQUANTIZE', 'SUM', 'QUANTIZE']),
    reducedReals('ReduceSum', 'SUM'),
  ],
  ReduceMax: [
    reduced('ReduceMax', 'the last dimension', x, [2], [1, 6, 1], [0.05, -3], ['REDUCE_MAX']),
    reduced('ReduceMax', 'another one, which goes away', x, [1], [1, 40], [0.05, -3], ['REDUCE_MAX', 'RESHAPE']),
  ],
} satisfies Record<string, readonly Case[]>;
