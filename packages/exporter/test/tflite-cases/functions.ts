/** LookUp, Softmax, LayerNormalization, LpNormalization. */

import { noise } from '../../../../testing/synthetic-ecg.js';
import {
  gelu,
  type LookUpFunction,
  lookUpTable,
  type RealFunction,
  sigmoid,
  squareRoot,
  tanh,
} from '../../src/index.js';
import { codes, integerGraph, realConstant, reals } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

const shape = [1, 22, 24];
const table = ['CAST', 'ADD', 'GATHER'];

function lookUp(
  title: string,
  name: LookUpFunction,
  real: RealFunction,
  y: readonly [number, number],
  operators: readonly string[],
): Case {
  const from = { scales: Float32Array.of(0.05), zeroPoint: -3 };
  const to = { scales: Float32Array.of(y[0]), zeroPoint: y[1] };
  return {
    title,
    graph: integerGraph(
      { x: codes(shape, 0.05, -3), y: codes(shape, ...y) },
      ['x'],
      [
        {
          operator: 'LookUp',
          inputs: ['x'],
          outputs: ['y'],
          attributes: { function: name, table: lookUpTable(real, from, to) },
        },
      ],
      ['y'],
    ),
    operators,
  };
}

const scale = Array.from(noise(24, 2), (x) => 1 + 0.5 * x);
const bias = Array.from(noise(24, 3), (x) => 0.3 * x);
const ROWS = ['MEAN', 'SUB', 'MUL', 'MEAN', 'ADD', 'RSQRT', 'MUL', 'MUL', 'ADD'];

export const functionCases = {
  LookUp: [
    lookUp('Sigmoid', 'Sigmoid', sigmoid, [1 / 256, -128], ['LOGISTIC']),
    lookUp('Sigmoid to a scale of its own', 'Sigmoid', sigmoid, [0.003, -120], table),
    lookUp('Tanh', 'Tanh', tanh, [1 / 128, 0], ['TANH']),
    lookUp('Gelu', 'Gelu', gelu, [0.025, -120], table),
    lookUp('Sqrt', 'Sqrt', squareRoot, [0.01, -128], table),
  ],
  Softmax: [
    {
      title: 'rows',
      graph: integerGraph(
        { x: codes(shape, 0.05, -3), y: codes(shape, 1 / 256, -128) },
        ['x'],
        [{ operator: 'Softmax', inputs: ['x'], outputs: ['y'], attributes: {} }],
        ['y'],
      ),
      operators: ['SOFTMAX'],
      within: 1,
    },
    {
      title: 'scaled before',
      graph: integerGraph(
        { x: codes(shape, 0.4, -3), s: codes(shape, Math.fround(0.4 * 0.1767767), -3), y: codes(shape, 1 / 256, -128) },
        ['x'],
        [
          { operator: 'Rescale', inputs: ['x'], outputs: ['s'], attributes: { factor: 0.1767767 } },
          { operator: 'Softmax', inputs: ['s'], outputs: ['y'], attributes: {} },
        ],
        ['y'],
      ),
      operators: ['SOFTMAX'],
      within: 1,
    },
  ],
  LayerNormalization: [
    {
      title: 'codes to codes',
      graph: integerGraph(
        {
          x: codes(shape, 0.05, -3),
          s: realConstant([24], scale),
          b: realConstant([24], bias),
          y: codes(shape, 0.02, 5),
        },
        ['x'],
        [{ operator: 'LayerNormalization', inputs: ['x', 's', 'b'], outputs: ['y'], attributes: { epsilon: 1e-5 } }],
        ['y'],
      ),
      operators: ['DEQUANTIZE', ...ROWS, 'QUANTIZE'],
      within: 1,
    },
    {
      title: 'codes to real numbers',
      graph: integerGraph(
        { x: codes(shape, 0.05, -3), s: realConstant([24], scale), b: realConstant([24], bias), y: reals(shape) },
        ['x'],
        [{ operator: 'LayerNormalization', inputs: ['x', 's', 'b'], outputs: ['y'], attributes: { epsilon: 1e-5 } }],
        ['y'],
      ),
      operators: ['DEQUANTIZE', ...ROWS],
      within: 1e-5,
    },
  ],
  LpNormalization: [
    {
      title: 'a row',
      graph: integerGraph(
        { x: codes([1, 64], 0.05, -3), y: codes([1, 64], 1 / 128, 0) },
        ['x'],
        [{ operator: 'LpNormalization', inputs: ['x'], outputs: ['y'], attributes: {} }],
        ['y'],
      ),
      operators: ['L2_NORMALIZATION'],
    },
  ],
} satisfies Record<string, readonly Case[]>;
