/** Models of one operator or few, of random sizes, for every operator that TensorFlow.js gets. */
import { type GraphBuilder, type InferenceOperatorName, tensor, type Value } from '@edgebeat/graph';

/** What a case builds with. */
export interface Bench {
  readonly g: GraphBuilder;
  /** A whole number from `least` to `most`, drawn. */
  int(least: number, most: number): number;
  /** A signal [N, C, L] that the caller gives; C and L drawn unless stated. */
  signal(channels?: number, length?: number): Value;
  /** A picture [N, C, H, W] that the caller gives. */
  picture(channels?: number, height?: number, width?: number): Value;
  /** Another input of the caller's. */
  input(shape: readonly (number | string)[]): Value;
  /** A constant of random numbers. */
  weights(shape: readonly number[]): Value;
  /** A constant of random positive numbers. */
  positive(shape: readonly number[]): Value;
}

export type Case = (bench: Bench) => Value | readonly Value[];

const channels = (value: Value) => value.shape[1] as number;

const binary = (method: 'add' | 'sub' | 'mul' | 'div'): Record<string, Case> => ({
  'two signals': ({ g, signal }) => {
    const x = signal();
    return g[method](x, g.sigmoid(signal(x.shape[1] as number, x.shape[2] as number)));
  },
  'constant for each channel': ({ g, signal, positive }) => {
    const x = signal();
    return g[method](x, positive([channels(x), 1]));
  },
  'constant for each place, first': ({ g, picture, positive }) => {
    const x = picture();
    return g[method](positive([x.shape[3] as number]), g.sigmoid(x));
  },
  'channels weighed': ({ g, picture }) => {
    const x = picture();
    return g[method](x, g.sigmoid(g.globalAveragePool(x)));
  },
  scalar: ({ g, picture }) => g[method](picture(), g.float32(1.7)),
  'constant with a batch': ({ g, positive, int }) =>
    g[method](g.input('x', 'float32', [3, 4]), positive([int(1, 3), 1, 4])),
  'an input of lower rank': ({ g, signal, positive }) => {
    const x = signal();
    return g[method](x, g.sigmoid(g.add(g.input('other', 'float32', [x.shape[2] as number]), positive([1]))));
  },
});

const unary = (method: 'neg' | 'relu' | 'sigmoid' | 'tanh' | 'identity' | 'gelu'): Record<string, Case> => ({
  signal: ({ g, signal }) => g[method](signal()),
  picture: ({ g, picture }) => g[method](picture()),
  vector: ({ g, input, int }) => g[method](input([int(1, 9)])),
});

const reduction = (method: 'reduceMean' | 'reduceSum' | 'reduceL2' | 'reduceMax'): Record<string, Case> => ({
  'last axis': ({ g, signal }) => g[method](signal(), g.int64([-1])),
  'channels, dropped': ({ g, picture }) => g[method](picture(), g.int64([1]), { keepdims: false }),
  'two axes': ({ g, picture }) => g[method](picture(), g.int64([1, 3])),
  'two axes, dropped': ({ g, picture }) => g[method](picture(), g.int64([2, -1]), { keepdims: false }),
  'all, dropped': ({ g, signal }) => g[method](signal(), { keepdims: false }),
  'all, kept': ({ g, signal }) => g[method](signal()),
  'none with noop': ({ g, signal }) => g.neg(g[method](signal(), { noop_with_empty_axes: true })),
});

const pool = (method: 'averagePool' | 'maxPool'): Record<string, Case> => ({
  signal: ({ g, signal, int }) => g[method](signal(), { kernel_shape: [int(1, 4)], strides: [int(1, 3)] }),
  'padded signal': ({ g, signal }) => g[method](signal(), { kernel_shape: [3], strides: [2], pads: [1, 1] }),
  'padded on one side, the stride leaving some out': ({ g, signal }) =>
    g[method](signal(3, 12), { kernel_shape: [3], strides: [5], pads: [0, 2] }),
  'ceil mode': ({ g, signal, int }) =>
    g[method](signal(), { kernel_shape: [3], strides: [int(2, 3)], pads: [1, 0], ceil_mode: true }),
  picture: ({ g, picture, int }) =>
    g[method](picture(), { kernel_shape: [int(1, 3), 2], strides: [int(1, 2), int(1, 3)], pads: [0, 1, 0, 1] }),
  'same upper': ({ g, picture }) =>
    g[method](picture(), { kernel_shape: [3, 2], strides: [2, 1], auto_pad: 'SAME_UPPER' }),
  'same lower': ({ g, picture }) =>
    g[method](picture(), { kernel_shape: [2, 4], strides: [1, 3], auto_pad: 'SAME_LOWER' }),
});

export const cases: { readonly [K in InferenceOperatorName]: Readonly<Record<string, Case>> } = {
  Add: binary('add'),
  Sub: binary('sub'),
  Mul: binary('mul'),
  Div: binary('div'),
  Sqrt: { signal: ({ g, signal }) => g.sqrt(g.relu(signal())) },
  Pow: {
    square: ({ g, signal }) => g.pow(signal(), g.float32(2)),
    'fourth power': ({ g, signal }) => g.pow(signal(), g.float32([4])),
    'square root': ({ g, signal }) => g.pow(g.sigmoid(signal()), g.float32(0.5)),
    'inverse square root': ({ g, picture }) => g.pow(g.sigmoid(picture()), g.float32(-0.5)),
    one: ({ g, picture }) => g.pow(picture(), g.float32(1)),
    'any exponent': ({ g, picture }) => g.pow(g.sigmoid(picture()), g.float32(1.3)),
    'an exponent for each channel': ({ g, picture, positive }) => {
      const x = picture();
      return g.pow(g.sigmoid(x), positive([channels(x), 1, 1]));
    },
    'exponents that are computed': ({ g, signal }) => {
      const x = signal();
      return g.pow(g.sigmoid(x), g.sigmoid(signal(channels(x), x.shape[2] as number)));
    },
  },
  Neg: unary('neg'),
  Relu: {
    ...unary('relu'),
    'behind a convolution with bias': ({ g, signal, weights }) =>
      g.relu(g.conv(signal(4), weights([5, 4, 3]), weights([5]))),
    'behind a convolution that is read again': ({ g, signal, weights }) => {
      const y = g.conv(signal(4), weights([5, 4, 3]), weights([5]));
      return g.add(g.relu(y), y);
    },
    'behind a convolution that is an output': ({ g, signal, weights }) => {
      const y = g.conv(signal(1), weights([1, 1, 3]), weights([1]));
      return [y, g.relu(y)];
    },
    'behind a product with bias': ({ g, input, weights }) =>
      g.relu(g.gemm(input(['N', 6]), weights([6, 5]), weights([5]))),
  },
  Gelu: {
    ...unary('gelu'),
    tanh: ({ g, signal }) => g.gelu(signal(), { approximate: 'tanh' }),
  },
  Sigmoid: unary('sigmoid'),
  Tanh: unary('tanh'),
  Softmax: {
    'last axis': ({ g, signal }) => g.softmax(signal()),
    'axis 1': ({ g, picture }) => g.softmax(picture(), { axis: 1 }),
    'the batch': ({ g, signal }) => g.softmax(signal(), { axis: 0 }),
  },
  MatMul: {
    'rows by a matrix, with bias': ({ g, signal, weights, int }) => {
      const x = signal();
      const columns = int(1, 9);
      return g.add(weights([columns]), g.matMul(x, weights([x.shape[2] as number, columns])));
    },
    'a matrix with bias and activation': ({ g, input, weights }) =>
      g.relu(g.add(g.matMul(input(['N', 5]), weights([5, 4])), weights([4]))),
    'a bias that spreads': ({ g, input, weights }) => g.add(g.matMul(input(['N', 5]), weights([5, 1])), weights([3])),
    'a product that is read again': ({ g, input, weights }) => {
      const product = g.matMul(input(['N', 5]), weights([5, 4]));
      return g.mul(g.add(product, weights([4])), product);
    },
    'rows by a matrix': ({ g, signal, weights, int }) => {
      const x = signal();
      return g.matMul(x, weights([x.shape[2] as number, int(1, 9)]));
    },
    'two matrices': ({ g, input, weights, int }) => g.matMul(input(['N', 7]), weights([7, int(1, 9)])),
    'heads of attention': ({ g, picture }) => {
      const x = picture();
      return g.matMul(x, g.transpose(g.tanh(x), { perm: [0, 1, 3, 2] }));
    },
    'a matrix for all': ({ g, input, weights, int }) => g.matMul(weights([int(2, 5), 4]), input(['N', 4, int(2, 5)])),
    'a matrix for each head': ({ g, input, weights, int }) =>
      g.matMul(input(['N', 3, int(1, 5), 4]), weights([3, 4, int(1, 5)])),
    'a head for each matrix': ({ g, input, weights }) => g.matMul(input(['N', 3, 2, 4]), weights([1, 4, 5])),
    'batches that spread both ways': ({ g, weights }) =>
      g.matMul(g.tanh(g.input('x', 'float32', [2, 1, 3, 4])), weights([3, 4, 2])),
    'a batch of one that spreads': ({ g, input, weights }) => g.matMul(weights([1, 3, 2, 4]), input([2, 1, 4, 5])),
    'a vector on the left': ({ g, input, weights }) => g.matMul(input([4]), weights([3, 4, 5])),
    'a vector on the right': ({ g, signal, weights }) => {
      const x = signal();
      return g.matMul(x, weights([x.shape[2] as number]));
    },
    'two vectors': ({ g, input, weights }) => g.matMul(input([4]), weights([4])),
  },
  Gemm: {
    bias: ({ g, input, weights }) => g.gemm(input(['N', 8]), weights([8, 3]), weights([3])),
    'no bias, transposed': ({ g, input, weights }) =>
      g.gemm(input(['N', 8]), weights([3, 8]), { transB: true, alpha: 0.5 }),
    'bias of a column, beta': ({ g, input, weights }) =>
      g.gemm(input([4, 8]), weights([8, 3]), weights([4, 1]), { beta: 0.5 }),
    'both transposed, computed': ({ g, input }) =>
      g.gemm(input([8, 'N']), g.tanh(g.input('b', 'float32', [3, 8])), { transA: true, transB: true }),
    'transposed with bias': ({ g, input, weights }) =>
      g.gemm(input(['N', 8]), weights([3, 8]), weights([3]), { transB: true }),
  },
  Conv: {
    signal: ({ g, signal, weights, int }) => {
      const x = signal();
      return g.conv(x, weights([int(1, 6), channels(x), int(1, 4)]), {
        strides: [int(1, 3)],
        pads: [int(0, 2), int(0, 2)],
      });
    },
    'signal with bias, dilated': ({ g, signal, weights, int }) => {
      const x = signal();
      return g.conv(x, weights([5, channels(x), 3]), weights([5]), { dilations: [int(1, 3)], pads: [int(0, 3), 2] });
    },
    'dilated with strides': ({ g, signal, weights }) => {
      const x = signal();
      return g.conv(x, weights([5, channels(x), 3]), weights([5]), { dilations: [2], strides: [3], pads: [1, 2] });
    },
    'same lower': ({ g, signal, weights }) => {
      const x = signal();
      return g.conv(x, weights([2, channels(x), 4]), { auto_pad: 'SAME_LOWER', strides: [2] });
    },
    picture: ({ g, picture, weights, int }) => {
      const x = picture();
      return g.conv(x, weights([int(1, 6), channels(x), int(1, 3), int(1, 3)]), {
        strides: [int(1, 2), int(1, 3)],
        pads: [int(0, 2), int(0, 2), int(0, 2), int(0, 2)],
      });
    },
    'picture with bias': ({ g, picture, weights, int }) => {
      const x = picture();
      return g.conv(x, weights([4, channels(x), 3, 2]), weights([4]), { dilations: [1, int(1, 3)] });
    },
    'depthwise signal': ({ g, signal, weights, int }) =>
      g.conv(signal(6), weights([6, 1, 5]), weights([6]), { group: 6, pads: [2, 2], strides: [int(1, 2)] }),
    'depthwise with strides and dilations': ({ g, signal, weights }) =>
      g.conv(signal(6), weights([6, 1, 3]), { group: 6, dilations: [2], strides: [2] }),
    'depthwise picture, two filters a channel': ({ g, picture, weights }) =>
      g.conv(picture(3), weights([6, 1, 3, 2]), weights([6]), { group: 3, pads: [1, 0, 1, 1] }),
    'groups of a signal': ({ g, signal, weights }) => g.conv(signal(6), weights([4, 3, 3]), weights([4]), { group: 2 }),
    'groups of a picture': ({ g, picture, weights }) =>
      g.conv(picture(6), weights([9, 2, 2, 3]), { group: 3, strides: [2, 1] }),
    'a filter that is computed': ({ g, signal, weights }) => g.conv(signal(4), g.tanh(weights([5, 4, 3]))),
    'a depthwise filter that is computed': ({ g, signal, weights }) =>
      g.conv(signal(4), g.tanh(weights([8, 1, 3])), { group: 4 }),
    chain: ({ g, signal, weights }) => {
      const x = g.relu(g.conv(signal(3), weights([4, 3, 3]), weights([4]), { pads: [1, 1] }));
      return g.relu(g.add(g.conv(x, weights([4, 4, 3]), weights([4]), { pads: [1, 1] }), x));
    },
  },
  BatchNormalization: {
    'behind a convolution': ({ g, signal, weights, positive }) =>
      g.batchNormalization(
        g.conv(signal(3), weights([4, 3, 3])),
        positive([4]),
        weights([4]),
        weights([4]),
        positive([4]),
      ),
    picture: ({ g, picture, weights, positive }) => {
      const x = picture(5);
      return g.batchNormalization(x, weights([5]), weights([5]), weights([5]), positive([5]), { epsilon: 1e-3 });
    },
    matrix: ({ g, input, weights, positive }) =>
      g.batchNormalization(input(['N', 4]), weights([4]), weights([4]), weights([4]), positive([4])),
  },
  LayerNormalization: {
    'last axis': ({ g, signal, weights }) => {
      const x = signal();
      const size = x.shape[2] as number;
      return g.layerNormalization(x, weights([size]), weights([size]));
    },
    'two axes, no bias': ({ g, picture, weights }) => {
      const x = picture();
      return g.layerNormalization(x, weights([x.shape[2] as number, x.shape[3] as number]), { axis: 2, epsilon: 1e-3 });
    },
  },
  LpNormalization: {
    'last axis': ({ g, signal }) => g.lpNormalization(signal()),
    'order 1, channels': ({ g, signal }) => g.lpNormalization(signal(), { axis: 1, p: 1 }),
    zeros: ({ g, signal }) => g.lpNormalization(g.mul(signal(), g.float32(0))),
  },
  ReduceMean: reduction('reduceMean'),
  ReduceSum: reduction('reduceSum'),
  ReduceL2: reduction('reduceL2'),
  ReduceMax: reduction('reduceMax'),
  Reshape: {
    'channels to heads': ({ g, signal }) => g.reshape(signal(6, 8), g.int64([0, 2, 3, 8])),
    'to a matrix': ({ g, picture }) => g.reshape(picture(2, 3, 4), g.int64([-1, 24])),
  },
  Transpose: {
    'channels last': ({ g, signal }) => g.transpose(signal(), { perm: [0, 2, 1] }),
    'picture, channels last': ({ g, picture }) => g.transpose(picture(), { perm: [0, 2, 3, 1] }),
    reversed: ({ g, picture }) => g.transpose(picture()),
    heads: ({ g, picture }) => g.transpose(picture(), { perm: [0, 2, 1, 3] }),
    'five dimensions': ({ g, input }) => g.transpose(input(['N', 2, 3, 4, 5]), { perm: [2, 0, 3, 1, 4] }),
  },
  Concat: {
    channels: ({ g, signal }) => {
      const x = signal();
      return g.concat(x, signal(3, x.shape[2] as number), { axis: 1 });
    },
    'last axis of pictures': ({ g, picture }) => {
      const x = picture();
      return g.concat(x, g.tanh(x), { axis: -1 });
    },
    'places of signals': ({ g, signal }) => {
      const x = signal();
      return g.concat(x, g.tanh(x), x, { axis: 2 });
    },
    'rows of pictures': ({ g, picture }) => {
      const x = picture();
      return g.concat(x, g.tanh(x), { axis: 2 });
    },
    'with a constant': ({ g, weights }) =>
      g.concat(g.input('x', 'float32', [2, 4, 3]), weights([2, 1, 3]), { axis: 1 }),
    one: ({ g, signal }) => g.concat(signal(), { axis: 1 }),
  },
  Slice: {
    places: ({ g, signal, int }) => g.slice(signal(), g.int64([int(0, 2)]), g.int64([-1]), g.int64([2])),
    'two axes': ({ g, picture }) => g.slice(picture(), g.int64([1, -3]), g.int64([2 ** 31, 2 ** 31]), g.int64([2, 3])),
    'every other': ({ g, signal }) => g.slice(signal(), g.int64([1]), g.int64([2 ** 31]), g.int64([2]), g.int64([2])),
    backwards: ({ g, signal }) => g.slice(signal(), g.int64([-1]), g.int64([-(2 ** 31)]), g.int64([2]), g.int64([-1])),
    'backwards, not to the begin': ({ g, picture }) =>
      g.slice(picture(3, 7, 8), g.int64([5, 7]), g.int64([1, 0]), g.int64([2, 3]), g.int64([-2, -3])),
  },
  Gather: {
    rows: ({ g, signal }) => g.gather(signal(), g.int64([2, 0, -1, 2]), { axis: 2 }),
    'one place': ({ g, signal }) => g.gather(signal(), g.constant(tensor('place', 'int64', [], [1])), { axis: 1 }),
    matrix: ({ g, picture }) =>
      g.gather(picture(), g.constant(tensor('places', 'int64', [2, 2], [0, 1, -1, 1])), { axis: -1 }),
    'a table, by inputs': ({ g, weights }) => g.gather(weights([5, 3]), g.input('index', 'int64', ['N'])),
  },
  Squeeze: {
    'one axis': ({ g, signal }) => g.squeeze(signal(1), g.int64([1])),
    'behind a pooling': ({ g, signal }) => g.squeeze(g.globalAveragePool(signal()), g.int64([-1])),
  },
  Unsqueeze: { two: ({ g, signal }) => g.unsqueeze(signal(), g.int64([1, -1])) },
  Expand: {
    channels: ({ g, signal, int }) => g.expand(signal(1, 7), g.int64([1, int(2, 5), 7])),
    'more dimensions': ({ g, weights }) =>
      g.add(g.expand(weights([1, 4]), g.int64([2, 3, 4])), g.input('x', 'float32', [])),
    'as it is': ({ g, signal }) => g.expand(signal(2, 3), g.int64([1, 2, 3])),
  },
  Flatten: {
    signal: ({ g, signal }) => g.flatten(signal()),
    'behind a pooling': ({ g, picture }) => g.flatten(g.globalAveragePool(picture())),
    'to one row': ({ g }) => g.flatten(g.tanh(g.input('x', 'float32', [2, 3])), { axis: 0 }),
  },
  Split: {
    stated: ({ g, signal }) => g.split(signal(7), g.int64([2, 4, 1]), { axis: 1 }),
    equal: ({ g, picture }) => g.split(picture(3, 4, 7), { axis: -1, num_outputs: 3 }),
  },
  Pad: {
    places: ({ g, signal, int }) => g.pad(signal(), g.int64([0, 0, int(0, 3), 0, 0, int(1, 3)])),
    'with a number, some axes': ({ g, picture }) =>
      g.pad(picture(), g.int64([1, 2, 0, 1]), g.float32(-1.5), g.int64([1, -1])),
    'one token more': ({ g, signal }) => g.pad(signal(), g.int64([2, 0]), undefined, g.int64([1])),
    reflected: ({ g, signal }) => g.pad(signal(3, 9), g.int64([0, 0, 4, 0, 0, 3]), { mode: 'reflect' }),
    'cut off': ({ g, signal }) => g.pad(signal(3, 9), g.int64([0, -1, 2, 0, 0, -3])),
  },
  AveragePool: {
    ...pool('averagePool'),
    'padding counts': ({ g, picture }) =>
      g.averagePool(picture(), { kernel_shape: [3, 2], strides: [2, 1], pads: [1, 0, 1, 1], count_include_pad: true }),
  },
  MaxPool: pool('maxPool'),
  GlobalAveragePool: {
    signal: ({ g, signal }) => g.globalAveragePool(signal()),
    picture: ({ g, picture }) => g.globalAveragePool(picture()),
  },
  Identity: {
    ...unary('identity'),
    'input, constant and output twice': ({ g, signal, weights }) => {
      const x = signal();
      const y = g.tanh(x);
      return [g.identity(x), g.identity(weights([3])), g.identity(y), y];
    },
  },
  Cast: {
    'to whole numbers and back': ({ g, signal }) =>
      g.cast(g.cast(g.mul(signal(), g.float32(4)), { to: 'int32' }), { to: 'float32' }),
    'int64 input': ({ g }) => g.cast(g.input('whole', 'int64', ['N', 3]), { to: 'float32' }),
    'to truth and back': ({ g, signal }) => g.cast(g.cast(g.relu(signal()), { to: 'bool' }), { to: 'float32' }),
    'the same': ({ g, signal }) => g.cast(signal(), { to: 'float32' }),
  },
  Clip: {
    both: ({ g, signal }) => g.clip(signal(), g.float32(-0.3), g.float32(0.4)),
    least: ({ g, picture }) => g.clip(picture(), g.float32(-0.2)),
    most: ({ g, picture }) => g.clip(picture(), undefined, g.float32(0.1)),
    neither: ({ g, signal }) => g.clip(signal()),
    'a bound that is computed': ({ g, signal }) =>
      g.clip(signal(), g.tanh(g.input('least', 'float32', [])), g.float32(0.9)),
  },
  // Refused: see refusals.test.ts.
  QuantizeLinear: {},
  DequantizeLinear: {},
};
