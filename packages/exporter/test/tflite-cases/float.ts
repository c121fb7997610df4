/** Operations of float islands. */
import { ALL_CODES, type AnyOperation } from '../../src/index.js';
import { codes, integerGraph, type NamelessTensor, realConstant, reals } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

const shape = [1, 6, 40];

/** One float operation between DequantizeLinear and the model's float output. */
function island(
  title: string,
  operation: Pick<AnyOperation, 'operator' | 'attributes'>,
  operators: readonly string[],
  constant?: number,
): Case {
  const second: Record<string, NamelessTensor> = constant === undefined ? {} : { c: realConstant([1], [constant]) };
  return {
    title,
    graph: integerGraph(
      { x: codes(shape, 0.05, -128), r: reals(shape), y: reals(shape), ...second },
      ['x'],
      [
        { operator: 'DequantizeLinear', inputs: ['x'], outputs: ['r'], attributes: {} },
        { ...operation, inputs: ['r', ...Object.keys(second)], outputs: ['y'] } as never,
      ],
      ['y'],
    ),
    operators: ['DEQUANTIZE', ...operators],
  };
}

export const floatCases = {
  DequantizeLinear: [
    {
      title: 'codes to real numbers',
      graph: integerGraph(
        { x: codes(shape, 0.0513, -7), y: reals(shape) },
        ['x'],
        [{ operator: 'DequantizeLinear', inputs: ['x'], outputs: ['y'], attributes: {} }],
        ['y'],
      ),
      operators: ['DEQUANTIZE'],
    },
  ],
  QuantizeLinear: [
    {
      title: 'an island and back',
      graph: integerGraph(
        { x: codes(shape, 0.0513, -7), r: reals(shape), y: codes(shape, 0.031, 4) },
        ['x'],
        [
          { operator: 'DequantizeLinear', inputs: ['x'], outputs: ['r'], attributes: {} },
          { operator: 'QuantizeLinear', inputs: ['r'], outputs: ['y'], attributes: {} },
        ],
        ['y'],
      ),
      operators: ['DEQUANTIZE', 'QUANTIZE'],
    },
  ],
  Div: [island('by a constant', { operator: 'Div', attributes: {} }, ['DIV'], 0.37)],
  Sqrt: [island('of real numbers', { operator: 'Sqrt', attributes: {} }, ['SQRT'])],
  FloatClip: [
    island('Relu', { operator: 'FloatClip', attributes: { least: 0, most: Number.POSITIVE_INFINITY } }, ['RELU']),
    island('both bounds', { operator: 'FloatClip', attributes: { least: 1.5, most: 4.25 } }, ['MAXIMUM', 'MINIMUM']),
  ],
} satisfies Record<string, readonly Case[]>;

/** float32 forms of operations that have an int8 form, too. */
export const realArithmetic: readonly Case[] = (['Add', 'Sub', 'Mul'] as const).map((operator) =>
  island(`${operator} of real numbers`, { operator, attributes: { clamp: ALL_CODES } }, [operator.toUpperCase()], 0.37),
);
