import type { NodeOptions } from '@edgebeat/graph';
import { apart, type Build, type CasesOf, type GradientCase } from '../gradient-check.js';

type Window = Omit<NodeOptions<'AveragePool'>, 'count_include_pad' | 'name'>;

/** Shape of the input and the window on it. */
const windows: Readonly<Record<string, readonly [number[], Window]>> = {
  plain: [[2, 2, 6], { kernel_shape: [2] }],
  'stride the kernel': [[2, 2, 6], { kernel_shape: [2], strides: [2] }],
  'stride below the kernel': [[2, 2, 7], { kernel_shape: [3], strides: [2], pads: [1, 1] }],
  'stride beyond the kernel': [[2, 2, 8], { kernel_shape: [2], strides: [3] }],
  'a rest that no window reaches': [[2, 2, 8], { kernel_shape: [3], strides: [3] }],
  'unequal pads': [[2, 2, 7], { kernel_shape: [4], strides: [3], pads: [0, 3] }],
  'ceil mode': [[2, 2, 8], { kernel_shape: [3], strides: [3], ceil_mode: true }],
  'ceil mode with pads': [[2, 2, 8], { kernel_shape: [4], strides: [3], pads: [2, 1], ceil_mode: true }],
  dilations: [[2, 2, 9], { kernel_shape: [3], strides: [2], dilations: [2], pads: [2, 1] }],
  'same upper': [[2, 2, 7], { kernel_shape: [4], strides: [2], auto_pad: 'SAME_UPPER' }],
  'same lower': [[2, 2, 7], { kernel_shape: [4], strides: [2], auto_pad: 'SAME_LOWER' }],
  valid: [[2, 2, 8], { kernel_shape: [3], strides: [2], auto_pad: 'VALID' }],
  'two dimensions': [[2, 2, 5, 6], { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1] }],
  'two dimensions, ceil mode': [
    [1, 2, 6, 7],
    { kernel_shape: [3, 2], strides: [2, 3], pads: [1, 0, 0, 1], ceil_mode: true },
  ],
  'two dimensions, same upper': [[1, 2, 5, 7], { kernel_shape: [2, 3], strides: [2, 2], auto_pad: 'SAME_UPPER' }],
};

const casesOf = (make: (shape: number[], window: Window) => Build | GradientCase) =>
  Object.fromEntries(Object.entries(windows).map(([name, [shape, window]]) => [name, make(shape, window)]));

const average = (countsPadding: boolean) =>
  casesOf((shape, window) => ({
    build: ({ g, x }) => g.averagePool(x(shape), { ...window, count_include_pad: countsPadding }),
    precision: 'linear',
  }));

export const pooling: CasesOf<'AveragePool' | 'MaxPool' | 'GlobalAveragePool'> = {
  AveragePool: {
    ...average(false),
    ...Object.fromEntries(Object.entries(average(true)).map(([name, some]) => [`${name}, padding counts`, some])),
  },
  MaxPool: casesOf(
    (shape, window): Build =>
      ({ g, x }) =>
        g.maxPool(x(shape, apart), window),
  ),
  GlobalAveragePool: {
    'one dimension': { build: ({ g, x }) => g.globalAveragePool(x([2, 3, 5])), precision: 'linear' },
    'two dimensions': { build: ({ g, x }) => g.globalAveragePool(x([2, 3, 3, 4])), precision: 'linear' },
  },
};
