/** Gemm and MatMul. */
import { ALL_CODES, type Clamp } from '../../src/index.js';
import { biases, codes, integerGraph, weights } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

const X_SCALE = 0.03;

function gemm(title: string, x: readonly number[], operators: readonly string[], clamp: Clamp = ALL_CODES): Case {
  const w = weights([10, x.at(-1)!], 3);
  return {
    title,
    graph: integerGraph(
      { x: codes(x, X_SCALE, -14), w, b: biases(w, X_SCALE, 8), y: codes([...x.slice(0, -1), 10], 0.08, 6) },
      ['x'],
      [{ operator: 'Gemm', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes: { clamp } }],
      ['y'],
    ),
    operators,
    within: 1,
  };
}

function matMul(
  title: string,
  a: readonly number[],
  b: readonly number[],
  operators: readonly string[],
  clamp = ALL_CODES,
): Case {
  return {
    title,
    graph: integerGraph(
      { a: codes(a, 0.03, -14), b: codes(b, 0.02, 31), y: codes([...a.slice(0, -1), b.at(-1)!], 0.16, 6) },
      ['a', 'b'],
      [{ operator: 'MatMul', inputs: ['a', 'b'], outputs: ['y'], attributes: { clamp } }],
      ['y'],
    ),
    operators,
    within: 1,
  };
}

export const productCases = {
  Gemm: [
    gemm('one row', [1, 24], ['RESHAPE', 'CONV_2D', 'RESHAPE']),
    gemm('many rows', [1, 22, 24], ['RESHAPE', 'CONV_2D', 'RESHAPE']),
    gemm('many rows in two dimensions', [1, 2, 11, 24], ['CONV_2D']),
    gemm('then Relu', [1, 22, 24], ['RESHAPE', 'CONV_2D', 'RESHAPE'], { least: 6, most: 127 }),
  ],
  MatMul: [
    matMul('matrices', [1, 7, 12], [1, 12, 9], ['BATCH_MATMUL']),
    matMul('of several heads', [1, 2, 7, 12], [1, 2, 12, 9], ['BATCH_MATMUL']),
    matMul('then a Clip', [1, 7, 12], [1, 12, 9], ['BATCH_MATMUL', 'MAXIMUM'], { least: 6, most: 127 }),
  ],
} satisfies Record<string, readonly Case[]>;
