/** Every shape rule against the shapes that onnxruntime really gives. */
import { describe, expect, test } from '@jest/globals';
import {
  GraphBuilder,
  GraphError,
  INFERENCE_OPERATOR_NAMES,
  OPERATOR_NAMES,
  type OperatorName,
  operators,
  TRAINING_OPERATOR_NAMES,
  tensor,
  type Value,
} from '../src/index.js';
import { feedsOf, resolve, run } from './run-model.js';

/** Builds something with the operator, and gives what shall be looked at. */
type Case = (g: GraphBuilder) => Value | readonly Value[];

const image = (g: GraphBuilder) => g.input('x', 'float32', ['N', 4, 11]);
const image2 = (g: GraphBuilder) => g.input('x2', 'float32', ['N', 4, 11]);
const picture = (g: GraphBuilder) => g.input('x', 'float32', ['N', 2, 9, 8]);
const weights = (g: GraphBuilder, name: string, shape: number[]) =>
  g.constant(tensor(name, 'float32', shape, new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.25)));

const binary = (method: 'add' | 'sub' | 'mul' | 'div'): Record<string, Case> => ({
  'same shape': (g) => g[method](image(g), g.input('y', 'float32', ['N', 4, 11])),
  'lower rank': (g) => g[method](g.input('y', 'float32', [11]), image(g)),
  'both broadcast': (g) => g[method](g.input('x', 'float32', ['N', 4, 1]), g.input('y', 'float32', [1, 11])),
  'int64 scalar': (g) => g[method](g.input('x', 'int64', ['N', 3]), g.constant(tensor('c', 'int64', [], [2]))),
});

const unary = (
  method: 'sqrt' | 'neg' | 'relu' | 'sigmoid' | 'tanh' | 'identity' | 'exp' | 'log' | 'abs' | 'sign' | 'reciprocal',
): Record<string, Case> => ({
  'any shape': (g) => g[method](image(g)),
  scalar: (g) => g[method](g.input('x', 'float32', [])),
  float64: (g) => g[method](g.input('x', 'float64', ['N'])),
});

const comparison = (method: 'greater' | 'greaterOrEqual' | 'less' | 'lessOrEqual' | 'equal'): Record<string, Case> => ({
  'same shape': (g) => g[method](image(g), image2(g)),
  'both broadcast': (g) => g[method](g.input('x', 'float32', ['N', 4, 1]), g.input('y', 'float32', [1, 11])),
  'int64 against a scalar': (g) =>
    g[method](g.input('x', 'int64', ['N', 3]), g.constant(tensor('c', 'int64', [], [2]))),
});

const extreme = (method: 'min' | 'max'): Record<string, Case> => ({
  one: (g) => g[method](image(g)),
  'two, broadcast': (g) => g[method](image(g), g.float32(0.5)),
  'four, each broadcast': (g) =>
    g[method](
      g.input('a', 'float32', [11]),
      g.input('b', 'float32', ['N', 1, 1]),
      g.float32(0.5),
      g.input('d', 'float32', [4, 1]),
    ),
  int64: (g) => g[method](g.input('x', 'int64', ['N', 3]), g.int64([5])),
});

/** Indices of the greatest elements along axis 1: some that fit whatever the batch is. */
const greatest = (g: GraphBuilder, x: Value) => g.argMax(x, { axis: 1 });

const reductions = ['none', 'add', 'mul', 'max', 'min'] as const;

const reduction = (
  method: 'reduceMean' | 'reduceSum' | 'reduceL2' | 'reduceMax' | 'reduceMin',
): Record<string, Case> => ({
  'one axis kept': (g) => g[method](image(g), g.int64([1])),
  'two axes dropped': (g) => g[method](image(g), g.int64([-1, 1]), { keepdims: false }),
  'all axes': (g) => g[method](image(g), { keepdims: false }),
  'all axes kept': (g) => g[method](image(g)),
  'the batch': (g) => g[method](image(g), g.int64([0])),
  'no axes, nothing to do': (g) => g[method](image(g), { noop_with_empty_axes: true }),
  int32: (g) => g[method](g.input('x', 'int32', ['N', 5]), g.int64([1])),
});

const pool = (method: 'averagePool' | 'maxPool'): Record<string, Case> => ({
  plain: (g) => g[method](image(g), { kernel_shape: [3] }),
  'strides and pads': (g) => g[method](image(g), { kernel_shape: [3], strides: [2], pads: [1, 0] }),
  'ceil mode': (g) => g[method](image(g), { kernel_shape: [4], strides: [3], ceil_mode: true }),
  'ceil mode, last window in the padding': (g) =>
    g[method](image(g), { kernel_shape: [2], strides: [4], pads: [1, 1], ceil_mode: true }),
  dilations: (g) => g[method](image(g), { kernel_shape: [3], dilations: [2] }),
  'two dimensions, same upper': (g) =>
    g[method](picture(g), { kernel_shape: [3, 2], strides: [2, 3], auto_pad: 'SAME_UPPER' }),
  'two dimensions, same lower': (g) =>
    g[method](picture(g), { kernel_shape: [2, 2], strides: [1, 2], auto_pad: 'SAME_LOWER' }),
  valid: (g) => g[method](picture(g), { kernel_shape: [2, 4], strides: [2, 2], auto_pad: 'VALID' }),
});

const cases: Record<OperatorName, Record<string, Case>> = {
  Add: binary('add'),
  Sub: binary('sub'),
  Mul: binary('mul'),
  Div: binary('div'),
  Sqrt: unary('sqrt'),
  Neg: { ...unary('neg'), int8: (g) => g.neg(g.input('x', 'int8', ['N', 3])) },
  Relu: { ...unary('relu'), int32: (g) => g.relu(g.input('x', 'int32', ['N', 3])) },
  Sigmoid: unary('sigmoid'),
  Tanh: unary('tanh'),
  Identity: { ...unary('identity'), bool: (g) => g.identity(g.input('x', 'bool', ['N', 3])) },
  Pow: {
    broadcast: (g) => g.pow(image(g), g.float32(2)),
    'exponent of another type': (g) => g.pow(image(g), g.constant(tensor('two', 'int64', [1], [2]))),
  },
  Gelu: {
    exact: (g) => g.gelu(image(g)),
    tanh: (g) => g.gelu(image(g), { approximate: 'tanh' }),
  },
  Softmax: { 'last axis': (g) => g.softmax(image(g)), 'axis 1': (g) => g.softmax(image(g), { axis: 1 }) },
  LpNormalization: {
    'last axis': (g) => g.lpNormalization(image(g)),
    'p 1, axis 1': (g) => g.lpNormalization(image(g), { axis: 1, p: 1 }),
  },
  MatMul: {
    'batch times matrix': (g) => g.matMul(image(g), weights(g, 'w', [11, 6])),
    'batches broadcast': (g) => g.matMul(g.input('x', 'float32', ['N', 1, 2, 3]), g.input('y', 'float32', [5, 3, 4])),
    'vector on the left': (g) => g.matMul(g.input('v', 'float32', [4]), image(g)),
    'vector on the right': (g) => g.matMul(image(g), g.input('v', 'float32', [11])),
    'two vectors': (g) => g.matMul(g.input('a', 'float32', [4]), g.input('b', 'float32', [4])),
    int32: (g) => g.matMul(g.input('a', 'int32', ['N', 4]), g.input('b', 'int32', [4, 3])),
  },
  Gemm: {
    'with bias': (g) => g.gemm(g.input('x', 'float32', ['N', 8]), weights(g, 'w', [8, 3]), weights(g, 'b', [3])),
    transposed: (g) => g.gemm(g.input('x', 'float32', ['N', 8]), weights(g, 'w', [3, 8]), { transB: true, alpha: 0.5 }),
    'both transposed': (g) =>
      g.gemm(g.input('x', 'float32', [8, 'N']), weights(g, 'w', [3, 8]), weights(g, 'b', [1, 3]), {
        transA: true,
        transB: true,
      }),
  },
  Conv: {
    'kernel shape from W': (g) => g.conv(image(g), weights(g, 'w', [6, 4, 3])),
    'bias, strides, pads': (g) =>
      g.conv(image(g), weights(g, 'w', [6, 4, 5]), weights(g, 'b', [6]), { strides: [2], pads: [2, 1] }),
    depthwise: (g) => g.conv(image(g), weights(g, 'w', [8, 1, 3]), { group: 4, kernel_shape: [3] }),
    dilated: (g) => g.conv(image(g), weights(g, 'w', [2, 4, 3]), { dilations: [3] }),
    'same upper': (g) => g.conv(image(g), weights(g, 'w', [2, 4, 4]), { auto_pad: 'SAME_UPPER', strides: [2] }),
    'two dimensions': (g) => g.conv(picture(g), weights(g, 'w', [3, 2, 3, 2]), { strides: [2, 1], pads: [1, 0, 1, 1] }),
  },
  BatchNormalization: {
    inference: (g) =>
      g.batchNormalization(
        image(g),
        ...(['s', 'b', 'm', 'v'].map((name) => weights(g, name, [4])) as [Value, Value, Value, Value]),
      ),
    training: (g) =>
      g.node(
        'BatchNormalization',
        [image(g), ...(['s', 'b', 'm', 'v'].map((name) => weights(g, name, [4])) as [Value, Value, Value, Value])],
        { outputs: 3, attributes: { training_mode: true } },
      ),
  },
  LayerNormalization: {
    'last axis': (g) => g.layerNormalization(image(g), weights(g, 's', [11]), weights(g, 'b', [11])),
    'without bias, from axis 1': (g) => g.layerNormalization(image(g), weights(g, 's', [4, 11]), { axis: 1 }),
    'with statistics': (g) =>
      g.node('LayerNormalization', [image(g), weights(g, 's', [11])], { outputs: 3, attributes: { axis: 2 } }),
  },
  ReduceMean: reduction('reduceMean'),
  ReduceSum: reduction('reduceSum'),
  ReduceL2: reduction('reduceL2'),
  ReduceMax: { ...reduction('reduceMax'), int8: (g) => g.reduceMax(g.input('x', 'int8', ['N', 5]), g.int64([1])) },
  Reshape: {
    'keep the batch, merge the rest': (g) => g.reshape(image(g), g.int64([0, -1])),
    'the batch is what is left': (g) => g.reshape(image(g), g.int64([-1, 2, 22])),
    'copies and splits': (g) => g.reshape(image(g), g.int64([0, 2, 2, 11])),
    'no elements': (g) => g.reshape(g.input('x', 'float32', [0, 3]), g.int64([3, 0]), { allowzero: true }),
    'to a scalar': (g) => g.reshape(g.input('x', 'float32', [1, 1]), g.int64([])),
  },
  Transpose: {
    reversed: (g) => g.transpose(image(g)),
    permuted: (g) => g.transpose(picture(g), { perm: [0, 2, 3, 1] }),
  },
  Concat: {
    'two along channels': (g) => g.concat(image(g), g.input('y', 'float32', ['N', 2, 11]), { axis: 1 }),
    'three along the last axis': (g) =>
      g.concat(image(g), g.input('y', 'float32', ['N', 4, 1]), g.input('z', 'float32', ['N', 4, 2]), { axis: -1 }),
    'one, along the batch': (g) => g.concat(image(g), { axis: 0 }),
  },
  Slice: {
    'first axes': (g) => g.slice(g.input('x', 'float32', [5, 9]), g.int64([1, 2]), g.int64([4, 7])),
    'one axis with a step': (g) => g.slice(image(g), g.int64([1]), g.int64([100]), g.int64([2]), g.int64([3])),
    'from the end': (g) => g.slice(image(g), g.int64([-3]), g.int64([-1]), g.int64([-1])),
    backwards: (g) => g.slice(image(g), g.int64([-1]), g.int64([-1000]), g.int64([2]), g.int64([-2])),
    'nothing left': (g) => g.slice(image(g), g.int64([7]), g.int64([3]), g.int64([2])),
    'the whole batch': (g) =>
      g.slice(image(g), g.int64([0]), g.constant(tensor('end', 'int64', [1], new BigInt64Array([2n ** 63n - 1n])))),
  },
  Gather: {
    'scalar index drops the axis': (g) => g.gather(image(g), g.constant(tensor('i', 'int64', [], [2])), { axis: 1 }),
    'matrix of indices': (g) =>
      g.gather(image(g), g.constant(tensor('i', 'int32', [2, 3], [0, 1, 2, 3, 0, 1])), { axis: -1 }),
    'from the batch': (g) => g.gather(image(g), g.int64([1, 0, 1])),
  },
  Squeeze: {
    'one axis': (g) => g.squeeze(g.input('x', 'float32', ['N', 1, 3, 1]), g.int64([-1])),
    'all of size 1': (g) => g.squeeze(g.input('x', 'float32', [4, 1, 3, 1])),
  },
  Unsqueeze: {
    'two axes': (g) => g.unsqueeze(image(g), g.int64([1, -1])),
    'order does not matter': (g) => g.unsqueeze(image(g), g.int64([3, 0])),
  },
  Expand: {
    'a dimension grows': (g) => g.expand(g.input('x', 'float32', ['N', 1, 3]), g.int64([4, 1])),
    'the rank grows': (g) => g.expand(g.input('x', 'float32', [3]), g.int64([2, 1, 3])),
  },
  Flatten: {
    'axis 1': (g) => g.flatten(image(g)),
    'axis 0': (g) => g.flatten(g.input('x', 'float32', [3, 4, 5]), { axis: 0 }),
    'axis at the end': (g) => g.flatten(g.input('x', 'float32', [3, 4, 5]), { axis: 3 }),
    'axis from the end': (g) => g.flatten(g.input('x', 'float32', [3, 4, 5]), { axis: -1 }),
    'a vector': (g) => g.flatten(g.input('x', 'float32', ['N'])),
  },
  Split: {
    'stated sizes': (g) => g.split(image(g), g.int64([3, 1]), { axis: 1 }),
    'equal pieces': (g) => g.split(image(g), { axis: 1, num_outputs: 2 }),
    'a smaller last piece': (g) => g.split(image(g), { axis: 2, num_outputs: 4 }),
  },
  Pad: {
    'all axes': (g) => g.pad(image(g), g.int64([0, 1, 2, 0, 3, 4])),
    'one axis, constant value': (g) => g.pad(image(g), g.int64([2, 1]), g.float32(-1), g.int64([2])),
    'edge, value left out': (g) => g.pad(image(g), g.int64([1, 1]), undefined, g.int64([-2]), { mode: 'edge' }),
    'cut off': (g) => g.pad(image(g), g.int64([0, 0, -3, 0, 1, -2])),
    reflect: (g) => g.pad(image(g), g.int64([0, 0, 2, 0, 0, 3]), { mode: 'reflect' }),
  },
  AveragePool: pool('averagePool'),
  MaxPool: {
    ...pool('maxPool'),
    'with indices': (g) => g.node('MaxPool', [image(g)], { outputs: 2, attributes: { kernel_shape: [2] } }),
  },
  GlobalAveragePool: { '1-D': (g) => g.globalAveragePool(image(g)), '2-D': (g) => g.globalAveragePool(picture(g)) },
  Cast: {
    'to int64': (g) => g.cast(image(g), { to: 'int64' }),
    'to bool': (g) => g.cast(image(g), { to: 'bool' }),
    'to uint8': (g) => g.cast(g.input('x', 'int32', ['N']), { to: 'uint8' }),
  },
  Clip: {
    'both limits': (g) => g.clip(image(g), g.float32(0), g.float32(6)),
    'upper limit': (g) => g.clip(image(g), undefined, g.float32(6)),
    none: (g) => g.clip(image(g)),
  },
  QuantizeLinear: {
    'per tensor': (g) => g.quantizeLinear(image(g), g.float32(0.1), g.constant(tensor('z', 'int8', [], [3]))),
    'per axis': (g) =>
      g.quantizeLinear(image(g), weights(g, 's', [4]), g.constant(tensor('z', 'int8', [4], [0, 1, 2, 3]))),
    'uint8 without zero point': (g) => g.quantizeLinear(image(g), g.float32(0.1)),
    int16: (g) => g.quantizeLinear(image(g), g.float32(0.1), { output_dtype: 'int16' }),
    blocked: (g) =>
      g.quantizeLinear(
        g.input('x', 'float32', [2, 6]),
        weights(g, 's', [2, 3]),
        g.constant(tensor('z', 'int8', [2, 3], [0, 0, 0, 0, 0, 0])),
        {
          block_size: 2,
        },
      ),
  },
  DequantizeLinear: {
    'per tensor': (g) =>
      g.dequantizeLinear(g.input('x', 'int8', ['N', 3]), g.float32(0.1), g.constant(tensor('z', 'int8', [], [3]))),
    'per axis': (g) => g.dequantizeLinear(g.input('x', 'uint8', [3, 5]), weights(g, 's', [3]), { axis: 0 }),
    'int32 bias': (g) => g.dequantizeLinear(g.input('x', 'int32', [5]), g.float32(0.01)),
  },
  Exp: unary('exp'),
  Log: unary('log'),
  Erf: { 'any shape': (g) => g.erf(image(g)), scalar: (g) => g.erf(g.input('x', 'float32', [])) },
  Abs: { ...unary('abs'), uint8: (g) => g.abs(g.input('x', 'uint8', ['N', 3])) },
  Sign: { ...unary('sign'), int64: (g) => g.sign(g.input('x', 'int64', ['N', 3])) },
  Reciprocal: unary('reciprocal'),
  Min: extreme('min'),
  Max: extreme('max'),
  Greater: comparison('greater'),
  GreaterOrEqual: comparison('greaterOrEqual'),
  Less: comparison('less'),
  LessOrEqual: comparison('lessOrEqual'),
  Equal: {
    ...comparison('equal'),
    bool: (g) => g.equal(g.input('x', 'bool', ['N', 3]), g.input('y', 'bool', ['N', 1])),
  },
  And: {
    'same shape': (g) => g.and(g.input('x', 'bool', ['N', 3]), g.input('y', 'bool', ['N', 3])),
    broadcast: (g) => g.and(g.input('x', 'bool', ['N', 1]), g.input('y', 'bool', [3])),
  },
  Not: { 'any shape': (g) => g.not(g.input('x', 'bool', ['N', 3])) },
  Where: {
    'same shape': (g) => g.where(g.input('c', 'bool', ['N', 4, 11]), image(g), image2(g)),
    'all three broadcast': (g) =>
      g.where(g.input('c', 'bool', ['N', 1, 1]), g.input('x', 'float32', [4, 1]), g.input('y', 'float32', [11])),
    'the condition has the highest rank': (g) => g.where(g.input('c', 'bool', ['N', 3]), g.float32(1), g.float32(0)),
    int64: (g) => g.where(g.input('c', 'bool', ['N']), g.int64([1]), g.int64([2])),
  },
  ReduceMin: {
    ...reduction('reduceMin'),
    bool: (g) => g.reduceMin(g.input('x', 'bool', ['N', 5]), g.int64([1])),
  },
  LogSoftmax: { 'last axis': (g) => g.logSoftmax(image(g)), 'axis 1': (g) => g.logSoftmax(image(g), { axis: 1 }) },
  ArgMax: {
    'first axis': (g) => g.argMax(image(g)),
    'axis dropped': (g) => g.argMax(image(g), { axis: -1, keepdims: false }),
    'the last of equal ones': (g) => g.argMax(image(g), { axis: 1, select_last_index: true }),
    int32: (g) => g.argMax(g.input('x', 'int32', ['N', 5]), { axis: 1 }),
  },
  GatherElements: {
    'fewer along the axis': (g) => {
      const x = image(g);
      return g.gatherElements(x, greatest(g, x), { axis: 1 });
    },
    'more along the axis, fewer along the others': (g) =>
      g.gatherElements(
        image(g),
        g.constant(
          tensor(
            'i',
            'int32',
            [1, 2, 12],
            new Int32Array(24).map((_, index) => (index % 22) - 11),
          ),
        ),
        { axis: -1 },
      ),
    'along the batch': (g) =>
      g.gatherElements(g.input('x', 'int64', ['N', 1]), g.constant(tensor('i', 'int64', [4, 1], [0, 1, -1, 0]))),
  },
  ScatterElements: Object.fromEntries(
    reductions.map((word): [string, Case] => [
      word,
      (g) => {
        const x = image(g);
        return g.scatterElements(x, greatest(g, x), g.input('u', 'float32', ['N', 1, 11]), {
          axis: 1,
          reduction: word,
        });
      },
    ]),
  ),
  ScatterND: {
    ...Object.fromEntries(
      reductions.map((word): [string, Case] => [
        word,
        (g) => {
          const i = g.constant(tensor('i', 'int64', [3, 2], [0, 1, 1, 2, 0, 1]));
          return g.scatterND(image(g), i, g.input('u', 'float32', [3, 11]), { reduction: word });
        },
      ]),
    ),
    'whole elements': (g) =>
      g.scatterND(
        g.input('x', 'int32', ['N', 3]),
        g.constant(tensor('i', 'int64', [1, 2, 2], [0, 1, 1, 2])),
        g.constant(tensor('u', 'int32', [1, 2], [7, 8])),
      ),
    'the last axes symbolic': (g) =>
      g.scatterND(g.input('x', 'float32', [3, 'N']), g.int64([2]), g.input('u', 'float32', ['N'])),
  },
  Tile: {
    'batch kept': (g) => g.tile(image(g), g.int64([1, 2, 3])),
    'a scalar': (g) => g.tile(g.input('x', 'float32', []), g.int64([])),
    'nothing left': (g) => g.tile(g.input('x', 'float32', [2, 3]), g.int64([1, 0])),
  },
};

describe.each(OPERATOR_NAMES)('%s', (name) => {
  test.each(Object.keys(cases[name]))('%s: inferred shape is the real one', async (title) => {
    const g = new GraphBuilder(title);
    const result = cases[name][title]!(g);
    const values = Array.isArray(result) ? result : [result];
    for (const [index, value] of values.entries()) g.output(`out${index}`, value);
    const model = g.build();
    expect(model.graph.nodes.some((node) => node.operator === name)).toBe(true);
    const outputs = await run(model, feedsOf(model.graph));
    for (const { name: output, dtype, shape } of model.graph.outputs) {
      expect({ output, dtype, shape: resolve(shape!) }).toEqual({
        output,
        dtype: outputs[output]!.dtype,
        shape: outputs[output]!.shape,
      });
    }
  });
});

test('every operator is either for inference or for training', () => {
  expect(new Set(OPERATOR_NAMES).size).toBe(OPERATOR_NAMES.length);
  expect(OPERATOR_NAMES).toEqual([...INFERENCE_OPERATOR_NAMES, ...TRAINING_OPERATOR_NAMES]);
  expect(new Set(OPERATOR_NAMES)).toEqual(new Set(Object.keys(operators)));
});

test('symbolic dimensions are carried by name', () => {
  const g = new GraphBuilder('symbols');
  expect(g.flatten(image(g)).shape).toEqual(['N', 44]);
  const x = g.input('y', 'float32', ['N', 3, 300]);
  expect(g.reshape(x, g.int64([-1, 900])).shape).toEqual(['N', 900]);
  expect(g.transpose(x).shape).toEqual([300, 3, 'N']);
  expect(g.matMul(x, g.input('w', 'float32', [300, 8])).shape).toEqual(['N', 3, 8]);
  expect(g.max(g.float32([1]), x, g.float32(0)).shape).toEqual(['N', 3, 300]);
  expect(g.where(g.input('c', 'bool', ['N', 1, 1]), g.float32(1), g.float32([0])).shape).toEqual(['N', 1, 1]);
  expect(g.tile(x, g.int64([1, 2, 1])).shape).toEqual(['N', 6, 300]);
});

/** What must be refused, and what the message must name. */
const mistakes: Record<string, [Case, RegExp]> = {
  'types that differ': [(g) => g.add(image(g), g.input('y', 'int64', [1])), /"Add_0" \(Add\).*int64.*float32/],
  'shapes that do not broadcast': [
    (g) => g.add(image(g), g.input('y', 'float32', [3])),
    /do not broadcast: 11 against 3/,
  ],
  'a symbol against a size': [(g) => g.add(image(g), g.input('y', 'float32', [3, 4, 11])), /N against 3/],
  'a type the operator does not take': [(g) => g.sqrt(g.input('x', 'int32', [1])), /input 0 \(X\) is int32/],
  'inner dimensions': [(g) => g.matMul(image(g), image2(g)), /11 columns against 4 rows/],
  'Gemm of three dimensions': [(g) => g.gemm(image(g), image2(g)), /input 0 \(A\) is \[N, 4, 11\]/],
  'a bias that is too large': [
    (g) => g.gemm(g.input('a', 'float32', [2, 3]), weights(g, 'w', [3, 4]), weights(g, 'b', [5, 2, 4])),
    /input 2 \(C\)/,
  ],
  'channels of Conv': [(g) => g.conv(image(g), weights(g, 'w', [6, 3, 3])), /4 channels/],
  'a window larger than the input': [(g) => g.averagePool(image(g), { kernel_shape: [12] }), /spans 12 .* of 11/],
  'a stride of 0': [(g) => g.maxPool(image(g), { kernel_shape: [2], strides: [0] }), /strides is \[0\]/],
  'pads and auto_pad': [
    (g) => g.maxPool(image(g), { kernel_shape: [2], pads: [1, 1], auto_pad: 'VALID' }),
    /contradict/,
  ],
  'dilations that pad themselves': [
    (g) => g.maxPool(image(g), { kernel_shape: [2], dilations: [2], auto_pad: 'SAME_UPPER' }),
    /do not go together/,
  ],
  'a symbolic length under a window': [
    (g) => g.averagePool(g.input('x', 'float32', [1, 2, 'L']), { kernel_shape: [2] }),
    /symbolic dimension L/,
  ],
  'an axis that does not exist': [(g) => g.softmax(image(g), { axis: 3 }), /axis 3 does not exist/],
  'axes that repeat': [(g) => g.reduceSum(image(g), g.int64([1, -2])), /repeat/],
  'a reshape of another size': [(g) => g.reshape(image(g), g.int64([0, 45])), /does not reshape/],
  'a batch mixed with another dimension': [(g) => g.reshape(image(g), g.int64([-1, 11])), /does not reshape/],
  'two open dimensions': [(g) => g.reshape(image(g), g.int64([-1, -1])), /does not reshape/],
  'a shape computed while running': [
    (g) => g.reshape(image(g), g.input('s', 'int64', [2])),
    /input 1 \(shape\) is computed while running/,
  ],
  'a permutation with a gap': [(g) => g.transpose(image(g), { perm: [0, 1, 1] }), /perm is \[0, 1, 1\]/],
  'parts of Concat that differ': [
    (g) => g.concat(image(g), g.input('y', 'float32', ['N', 4, 10]), { axis: 1 }),
    /differ|is \[N, 4, 10\]/,
  ],
  'a concatenation of batches': [
    (g) => g.concat(image(g), g.input('y', 'float32', ['N', 4, 11]), { axis: 0 }),
    /symbolic dimension N/,
  ],
  'a step of 0': [(g) => g.slice(image(g), g.int64([0]), g.int64([1]), g.int64([1]), g.int64([0])), /steps is 0/],
  'a part of the batch': [(g) => g.slice(image(g), g.int64([0]), g.int64([1])), /symbolic dimension N/],
  'squeezing what is not 1': [(g) => g.squeeze(image(g), g.int64([1])), /is 4/],
  'pieces that do not add up': [(g) => g.split(image(g), g.int64([3, 3]), { axis: 1 }), /do not make up 4/],
  'neither sizes nor number of pieces': [(g) => g.split(image(g), { axis: 1 }), /either/],
  'pads of the wrong length': [(g) => g.pad(image(g), g.int64([1, 1])), /pads has 2 numbers for 3 axes/],
  'a limit that is no scalar': [(g) => g.clip(image(g), g.float32([0])), /input 1 \(min\) is \[1\]/],
  'a scale per axis of the wrong length': [
    (g) => g.quantizeLinear(image(g), weights(g, 's', [3])),
    /input 1 \(y_scale\) is \[3\]/,
  ],
  'running statistics outside training': [
    (g) =>
      g.node(
        'BatchNormalization',
        [image(g), ...(['s', 'b', 'm', 'v'].map((name) => weights(g, name, [4])) as [Value, Value, Value, Value])],
        { outputs: 3 },
      ),
    /running statistics/,
  ],
  'logical operators on numbers': [(g) => g.and(image(g), image2(g)), /input 0 \(A\) is float32/],
  'a negation of numbers': [(g) => g.not(image(g)), /input 0 \(X\) is float32/],
  'an order of truth values': [
    (g) => g.greater(g.input('a', 'bool', [2]), g.input('b', 'bool', [2])),
    /input 0 \(A\) is bool/,
  ],
  'a comparison of types that differ': [(g) => g.less(image(g), g.int64([1])), /input 1 \(B\) is int64/],
  'a maximum of types that differ': [
    (g) => g.max(image(g), image2(g), g.int64([1])),
    /input 2 \(data_0\) is int64 where input 0 \(data_0\) is float32/,
  ],
  'a minimum that does not broadcast': [
    (g) => g.min(image(g), g.float32(1), g.float32([1, 2])),
    /do not broadcast: 11 against 2/,
  ],
  'a choice by numbers': [(g) => g.where(image(g), image2(g), g.float32(0)), /input 0 \(condition\) is float32/],
  'a choice between types': [
    (g) => g.where(g.input('c', 'bool', [1]), image(g), g.int64([0])),
    /input 2 \(Y\) is int64 where input 1 \(X\) is float32/,
  ],
  'a condition that does not broadcast': [
    (g) => g.where(g.input('c', 'bool', [3]), image(g), g.float32(0)),
    /do not broadcast: 3 against 11/,
  ],
  'the greatest along an axis that does not exist': [(g) => g.argMax(image(g), { axis: -4 }), /axis -4 does not exist/],
  'the greatest of a scalar': [(g) => g.argMax(g.float32(1)), /input 0 \(data\) is \[\]/],
  'indices of another rank': [(g) => g.gatherElements(image(g), g.int64([0])), /input 1 \(indices\) is \[1\]/],
  'more indices than data beside the axis': [
    (g) => g.gatherElements(image(g), g.input('i', 'int64', ['N', 5, 11]), { axis: 2 }),
    /input 1 \(indices\) is \[N, 5, 11\], the data are \[N, 4, 11\]/,
  ],
  'indices of a batch the data do not have': [
    (g) => g.gatherElements(g.input('x', 'float32', [3, 4]), g.input('i', 'int64', ['N', 1]), { axis: 1 }),
    /input 1 \(indices\) is \[N, 1\]/,
  ],
  'indices that are no integers': [(g) => g.gatherElements(image(g), image2(g)), /input 1 \(indices\) is float32/],
  'fewer updates than indices': [
    (g) =>
      g.scatterElements(image(g), g.input('i', 'int64', ['N', 2, 11]), g.input('u', 'float32', ['N', 1, 11]), {
        axis: 1,
      }),
    /input 2 \(updates\) is \[N, 1, 11\]/,
  ],
  'updates of another type': [
    (g) =>
      g.scatterElements(image(g), g.input('i', 'int64', ['N', 2, 11]), g.input('u', 'int32', ['N', 2, 11]), {
        axis: 1,
      }),
    /input 2 \(updates\) is int32/,
  ],
  'a reduction that does not exist': [
    (g) =>
      // @ts-expect-error: the compiler sees it, too.
      g.scatterElements(image(g), g.input('i', 'int64', ['N', 4, 11]), image2(g), { axis: 1, reduction: 'sum' }),
    /attribute reduction: is "sum"/,
  ],
  'coordinates of more axes than the data have': [
    (g) => g.scatterND(image(g), g.input('i', 'int64', [5, 4]), g.input('u', 'float32', [5])),
    /lists 4 coordinates for data of \[N, 4, 11\]/,
  ],
  'updates that are no slices of the data': [
    (g) => g.scatterND(image(g), g.input('i', 'int64', [5, 1]), g.input('u', 'float32', [5, 11])),
    /input 2 \(updates\) is \[5, 11\]/,
  ],
  'an open number of coordinates': [
    (g) => g.scatterND(image(g), g.input('i', 'int64', [5, 'N']), g.input('u', 'float32', [5])),
    /symbolic dimension N/,
  ],
  'repeats for too few axes': [(g) => g.tile(image(g), g.int64([1, 2])), /repeats is \[1, 2\] for \[N, 4, 11\]/],
  'repeats below 0': [(g) => g.tile(image(g), g.int64([1, 2, -1])), /repeats is \[1, 2, -1\]/],
  'a repeated batch': [(g) => g.tile(image(g), g.int64([2, 1, 1])), /symbolic dimension N/],
  'a norm of order 3': [(g) => g.lpNormalization(image(g), { p: 3 }), /p is 3/],
};

test.each(Object.keys(mistakes))('refuses %s', (title) => {
  const [build, message] = mistakes[title]!;
  const act = () => build(new GraphBuilder('mistake'));
  expect(act).toThrow(GraphError);
  expect(act).toThrow(message);
});
