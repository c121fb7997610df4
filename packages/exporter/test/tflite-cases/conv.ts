/** Conv, MaxPool and AveragePool. */
import { ALL_CODES, type OperationAttributes } from '../../src/index.js';
import { biases, codes, integerGraph, weights } from '../tflite/integer-graphs.js';
import type { Case } from './case.js';

type ConvAttributes = OperationAttributes['Conv'];

const X_SCALE = 0.03;
const Y = [0.11, -9] as const;
/** Around every operator that wants its channels last. */
const turned = (...operators: string[]) => ['RESHAPE', 'TRANSPOSE', ...operators, 'RESHAPE', 'TRANSPOSE'];

function outputSizes(
  input: readonly number[],
  kernel: readonly number[],
  { strides, dilations, pads }: Pick<ConvAttributes, 'strides' | 'dilations' | 'pads'>,
): number[] {
  return kernel.map((size, d) => {
    const padded = input[d]! + pads[d]! + pads[d + kernel.length]!;
    return Math.floor((padded - dilations[d]! * (size - 1) - 1) / strides[d]!) + 1;
  });
}

function conv(
  title: string,
  x: readonly number[],
  w: readonly number[],
  window: Partial<ConvAttributes>,
  operators: readonly string[],
): Case {
  const dimensions = x.length - 2;
  const ones = Array<number>(dimensions).fill(1);
  const pads = Array<number>(2 * dimensions).fill(0);
  const attributes: ConvAttributes = { strides: ones, dilations: ones, pads, group: 1, clamp: ALL_CODES, ...window };
  const weight = weights(w, 11);
  const y = [1, w[0]!, ...outputSizes(x.slice(2), w.slice(2), attributes)];
  return {
    title,
    graph: integerGraph(
      { x: codes(x, X_SCALE, 21), w: weight, b: biases(weight, X_SCALE, 5), y: codes(y, ...Y) },
      ['x'],
      [{ operator: 'Conv', inputs: ['x', 'w', 'b'], outputs: ['y'], attributes }],
      ['y'],
    ),
    operators,
    within: 1,
  };
}

function pool(
  operator: 'MaxPool' | 'AveragePool',
  title: string,
  x: readonly number[],
  kernel: readonly number[],
  window: { strides: readonly number[]; pads: readonly number[] },
  operators: readonly string[],
): Case {
  const attributes = { ...window, kernel, dilations: kernel.map(() => 1) };
  const y = [1, x[1]!, ...outputSizes(x.slice(2), kernel, attributes)];
  return {
    title,
    graph: integerGraph(
      { x: codes(x, X_SCALE, 21), y: codes(y, X_SCALE, 21) },
      ['x'],
      [{ operator, inputs: ['x'], outputs: ['y'], attributes }],
      ['y'],
    ),
    operators,
  };
}

const image = (...operators: string[]) => ['TRANSPOSE', ...operators, 'TRANSPOSE'];

export const convCases = {
  Conv: [
    conv('a signal, unpadded', [1, 3, 30], [8, 3, 5], {}, turned('CONV_2D')),
    conv('as many behind as before', [1, 3, 30], [8, 3, 5], { pads: [2, 2] }, turned('CONV_2D')),
    conv(
      'stride 2, padded as TFLite does not',
      [1, 4, 30],
      [6, 4, 3],
      { pads: [1, 1], strides: [2] },
      turned('PAD', 'CONV_2D'),
    ),
    conv(
      'stride 3, padding that no window reaches',
      [1, 4, 30],
      [6, 4, 3],
      { pads: [0, 2], strides: [3] },
      turned('CONV_2D'),
    ),
    conv('dilated', [1, 4, 40], [6, 4, 3], { pads: [4, 4], dilations: [4] }, turned('CONV_2D')),
    conv('depthwise', [1, 4, 30], [4, 1, 3], { pads: [1, 1], group: 4 }, turned('DEPTHWISE_CONV_2D')),
    conv('depthwise, two filters for each channel', [1, 4, 30], [8, 1, 3], { group: 4 }, turned('DEPTHWISE_CONV_2D')),
    conv(
      'in two groups',
      [1, 4, 30],
      [6, 2, 3],
      { group: 2 },
      turned('STRIDED_SLICE', 'CONV_2D', 'STRIDED_SLICE', 'CONV_2D', 'CONCATENATION'),
    ),
    conv('then Relu', [1, 3, 30], [8, 3, 5], { clamp: { least: -9, most: 127 } }, turned('CONV_2D')),
    conv('then Relu6', [1, 3, 30], [8, 3, 5], { clamp: { least: -9, most: 46 } }, turned('CONV_2D')),
    conv('one channel', [1, 1, 30], [8, 1, 5], {}, ['RESHAPE', 'CONV_2D', 'RESHAPE', 'TRANSPOSE']),
    conv('an image', [1, 3, 10, 12], [5, 3, 3, 5], { pads: [1, 2, 1, 2] }, image('CONV_2D')),
    conv(
      'an image, strided and shifted',
      [1, 3, 10, 12],
      [5, 3, 3, 3],
      { pads: [1, 1, 1, 1], strides: [2, 2] },
      image('PAD', 'CONV_2D'),
    ),
  ],
  MaxPool: [
    pool('MaxPool', 'a signal', [1, 3, 30], [2], { strides: [2], pads: [0, 0] }, turned('MAX_POOL_2D')),
    pool(
      'MaxPool',
      'padded as TFLite does not',
      [1, 3, 30],
      [3],
      { strides: [2], pads: [1, 1] },
      turned('PADV2', 'MAX_POOL_2D'),
    ),
    pool('MaxPool', 'an image', [1, 3, 9, 9], [3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] }, image('MAX_POOL_2D')),
  ],
  AveragePool: [
    pool('AveragePool', 'a signal', [1, 3, 30], [3], { strides: [3], pads: [0, 0] }, turned('AVERAGE_POOL_2D')),
    pool('AveragePool', 'padded', [1, 3, 31], [3], { strides: [2], pads: [1, 1] }, turned('AVERAGE_POOL_2D')),
  ],
} satisfies Record<string, readonly Case[]>;
