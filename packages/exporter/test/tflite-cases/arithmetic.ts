/** Add, Sub, Mul, Clip, Requantize, Rescale. */
import { ALL_CODES } from '../../src/index.js';
import { codes, constant, integerGraph } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

const shape = [1, 6, 40];

function pair(
  title: string,
  operator: 'Add' | 'Sub' | 'Mul',
  options: { y: number; zero?: number; b?: readonly number[]; clamp?: { least: number; most: number } },
): Omit<Case, 'operators'> {
  const { y, zero = -7, b = shape, clamp = ALL_CODES } = options;
  const tensors = { a: codes(shape, 0.021, 12), b: codes(b, 0.043, -30), y: codes(shape, y, zero) };
  return {
    title,
    graph: integerGraph(
      tensors,
      ['a', 'b'],
      [{ operator, inputs: ['a', 'b'], outputs: ['y'], attributes: { clamp } }],
      ['y'],
    ),
  };
}

const one = (operator: string, within = 1) => ({ operators: [operator], within });

function pairCases(operator: 'Add' | 'Sub' | 'Mul', code: string, y: number): Case[] {
  const table = constant(
    shape,
    0.043,
    5,
    Array.from({ length: 240 }, (_, i) => ((i * 37) % 256) - 128),
  );
  return [
    { ...pair('two activations', operator, { y }), ...one(code) },
    { ...pair('a row for all', operator, { y, b: [1, 6, 1] }), ...one(code) },
    { ...pair('a vector of lower rank', operator, { y, b: [40] }), operators: ['RESHAPE', code], within: 1 },
    { ...pair('then Relu', operator, { y, clamp: { least: -7, most: 127 } }), ...one(code) },
    {
      ...pair('then a Clip of its own', operator, { y, clamp: { least: -50, most: 60 } }),
      operators: [code, 'MAXIMUM', 'MINIMUM'],
      within: 1,
    },
    {
      title: 'with a constant',
      graph: integerGraph(
        { a: codes(shape, 0.021, 12), b: table, y: codes(shape, y, 3) },
        ['a'],
        [{ operator, inputs: ['a', 'b'], outputs: ['y'], attributes: { clamp: ALL_CODES } }],
        ['y'],
      ),
      ...one(code),
    },
  ];
}

function unary(
  title: string,
  x: readonly [number, number],
  y: readonly [number, number],
  clamp: { least: number; most: number },
): Omit<Case, 'operators'> {
  return {
    title,
    graph: integerGraph(
      { x: codes(shape, ...x), y: codes(shape, ...y) },
      ['x'],
      [{ operator: 'Clip', inputs: ['x'], outputs: ['y'], attributes: { clamp } }],
      ['y'],
    ),
  };
}

const rescaled = (title: string, factor: number): Case => ({
  title,
  graph: integerGraph(
    { x: codes(shape, 0.02, 17), y: codes(shape, Math.fround(0.02 * factor), 17) },
    ['x'],
    [{ operator: 'Rescale', inputs: ['x'], outputs: ['y'], attributes: { factor } }],
    ['y'],
  ),
  operators: ['MUL'],
});

export const arithmeticCases = {
  Add: pairCases('Add', 'ADD', 0.058),
  Sub: pairCases('Sub', 'SUB', 0.058),
  Mul: pairCases('Mul', 'MUL', 0.07),
  Clip: [
    { ...unary('Relu to another scale', [0.02, 9], [0.013, -128], { least: -128, most: 127 }), operators: ['RELU'] },
    {
      ...unary('a Clip in one scale', [0.02, 9], [0.02, 9], { least: -40, most: 70 }),
      operators: ['MAXIMUM', 'MINIMUM'],
    },
    {
      ...unary('a Clip to another scale', [0.02, 9], [0.03, 4], { least: -40, most: 70 }),
      operators: ['QUANTIZE', 'MAXIMUM', 'MINIMUM'],
      within: 1,
    },
  ],
  Requantize: [
    {
      title: 'to another scale',
      graph: integerGraph(
        { x: codes(shape, 0.02, 17), y: codes(shape, 0.031, -4) },
        ['x'],
        [{ operator: 'Requantize', inputs: ['x'], outputs: ['y'], attributes: {} }],
        ['y'],
      ),
      ...one('QUANTIZE'),
    },
  ],
  Rescale: [rescaled('to less', 0.1767767), rescaled('to more', 3.5)],
} satisfies Record<string, readonly Case[]>;
