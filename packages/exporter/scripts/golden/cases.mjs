/**
 * The cases of the golden vectors: for each operation a few inputs that go to its edges. Chance comes from a seeded generator,
 * so that the same files are written every time.
 */

const ALL = { least: -128, most: 127 };

let state = 1;
/** From 0 to below `n`: the upper bits of a linear congruential generator (Numerical Recipes' constants). */
function below(n) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
}

const count = (shape) => shape.reduce((product, size) => product * size, 1);
const list = (length, make) => Array.from({ length }, (_, i) => make(i));

/** int8 activation; every tenth code or so is an extreme. */
function codes(shape, scale, zeroPoint, data) {
  const random = () => (below(10) === 0 ? (below(2) === 0 ? -128 : 127) : below(256) - 128);
  return { dtype: 'int8', shape, scales: [Math.fround(scale)], zeroPoint, data: data ?? list(count(shape), random) };
}

const constant = (tensor) => ({ ...tensor, constant: true });

/** Weights with a scale for each output channel. */
function weights(shape) {
  const scales = list(shape[0], () => Math.fround(0.002 + below(1000) / 1e5));
  const data = list(count(shape), () => below(255) - 127);
  return { dtype: 'int8', shape, scales, zeroPoint: 0, axis: 0, data, constant: true };
}

/** Biases in units of input scale · weight scale. */
function bias(x, weight) {
  const scales = weight.scales.map((scale) => Math.fround(x.scales[0] * scale));
  const data = scales.map(() => below(8001) - 4000);
  return { dtype: 'int32', shape: [data.length], scales, zeroPoint: 0, axis: 0, data, constant: true };
}

function reals(shape, spread = 4) {
  const random = () => Math.fround((below(2 ** 24) / 2 ** 23 - 1) * spread);
  return { dtype: 'float32', shape, data: list(count(shape), random), constant: true };
}

/** What an output is to be. */
const toCodes = (shape, scale, zeroPoint) => ({ dtype: 'int8', shape, scales: [Math.fround(scale)], zeroPoint });
const toReals = (shape) => ({ dtype: 'float32', shape });

function conv(
  name,
  { channels, filters, group = 1, spatial, kernel, strides, dilations, pads, zeroPoint = -3, ...rest },
) {
  const x = codes([1, channels, ...spatial], 0.04, zeroPoint);
  const w = weights([filters, channels / group, ...kernel]);
  const output = spatial.map((size, d) => {
    const padded = size + pads[d] + pads[d + spatial.length];
    return Math.floor((padded - (kernel[d] - 1) * dilations[d] - 1) / strides[d]) + 1;
  });
  const { clamp = ALL, outZeroPoint = 5 } = rest;
  const y = toCodes([1, filters, ...output], 0.11, outZeroPoint);
  return { name, attributes: { strides, dilations, pads, group, clamp }, inputs: { x, w, b: bias(x, w) }, output: y };
}

function gemm(name, lead, depth, width, x, y, clamp = ALL) {
  const input = codes([...lead, depth], x.scale, x.zeroPoint);
  const w = weights([width, depth]);
  const output = toCodes([...lead, width], y.scale, y.zeroPoint);
  return { name, attributes: { clamp }, inputs: { x: input, w, b: bias(input, w) }, output };
}

function pairOf(name, a, b, output, clamp = ALL) {
  return { name, attributes: { clamp }, inputs: { a, b }, output };
}

function one(name, attributes, x, output) {
  return { name, attributes, inputs: { x }, output };
}

/** Like x, in another shape. */
const like = (x, shape) => ({ dtype: 'int8', shape, scales: x.scales, zeroPoint: x.zeroPoint });

function moved(name, attributes, x, shape) {
  return one(name, attributes, x, like(x, shape));
}

function pool(name, x, shape, kernel, strides, dilations, pads) {
  return moved(name, { kernel, strides, dilations, pads }, x, shape);
}

const everyCode = list(256, (i) => i - 128);
const sums = () => [
  pairOf('two scales', codes([2, 3, 4], 0.05, -3), codes([2, 3, 4], 0.011, 7), toCodes([2, 3, 4], 0.06, -1)),
  pairOf('spread over rows', codes([1, 4, 5], 0.05, 127), codes([5], 0.05, -128), toCodes([1, 4, 5], 0.02, 0)),
  pairOf(
    'a constant spreads from the left',
    constant(codes([3, 1], 2, 0)),
    codes([2, 3, 4], 0.01, 9),
    toCodes([2, 3, 4], 2, 0),
  ),
  pairOf('Relu', codes([40], 0.05, 3), codes([40], 0.04, -5), toCodes([40], 0.03, -128), { least: -128, most: 60 }),
  pairOf('float32', reals([2, 8]), reals([8]), toReals([2, 8])),
];

const CASES = {
  Conv: () => [
    conv('1-D, padded', {
      channels: 3,
      filters: 5,
      spatial: [9],
      kernel: [3],
      strides: [1],
      dilations: [1],
      pads: [1, 1],
    }),
    conv('1-D, stride 2, dilation 2, uneven pads, Relu', {
      ...{ channels: 2, filters: 3, spatial: [12], kernel: [3], strides: [2], dilations: [2], pads: [3, 1] },
      ...{ zeroPoint: -128, outZeroPoint: -128, clamp: { least: -128, most: 127 } },
    }),
    conv('2-D, two groups', {
      ...{ channels: 4, filters: 4, group: 2, spatial: [5, 6], kernel: [3, 2] },
      ...{ strides: [2, 1], dilations: [1, 2], pads: [1, 0, 1, 1], zeroPoint: 127, clamp: { least: -20, most: 90 } },
    }),
    conv('depthwise', {
      ...{ channels: 4, filters: 4, group: 4, spatial: [8], kernel: [5], strides: [1], dilations: [1], pads: [2, 2] },
    }),
    conv('pointwise', {
      channels: 9,
      filters: 3,
      spatial: [4],
      kernel: [1],
      strides: [1],
      dilations: [1],
      pads: [0, 0],
    }),
  ],
  Gemm: () => [
    gemm('one row', [1], 33, 7, { scale: 0.03, zeroPoint: 11 }, { scale: 0.15, zeroPoint: -4 }),
    gemm('rows', [1, 5], 16, 6, { scale: 0.03, zeroPoint: -128 }, { scale: 0.09, zeroPoint: 20 }),
    gemm('Relu', [3], 8, 4, { scale: 0.5, zeroPoint: 127 }, { scale: 0.9, zeroPoint: -128 }, { least: -128, most: 50 }),
    gemm('a multiplier above 1', [2], 4, 3, { scale: 4, zeroPoint: 0 }, { scale: 0.004, zeroPoint: 0 }),
  ],
  MatMul: () => [
    pairOf('heads', codes([2, 3, 5], 0.03, -7), codes([2, 5, 4], 0.02, 12), toCodes([2, 3, 4], 0.06, 2)),
    pairOf('extreme zero points', codes([4, 9], 0.03, -128), codes([9, 3], 0.02, 127), toCodes([4, 3], 0.4, 0)),
    pairOf('clamped', codes([1, 2, 8], 1, 0), codes([1, 8, 2], 1, 0), toCodes([1, 2, 2], 90, -9), {
      least: -30,
      most: 40,
    }),
  ],
  Add: sums,
  Sub: sums,
  Mul: () =>
    sums().map((one) =>
      one.output.dtype === 'int8' ? { ...one, output: { ...one.output, scales: [Math.fround(0.013)] } } : one,
    ),
  Div: () => [
    { name: 'spread', attributes: {}, inputs: { a: reals([2, 3, 4]), b: reals([3, 1]) }, output: toReals([2, 3, 4]) },
  ],
  Sqrt: () => [
    one('positive', {}, { ...reals([16]), data: list(16, () => Math.fround(below(2 ** 24) / 999)) }, toReals([16])),
  ],
  Clip: () => [
    one('every code, finer', { clamp: ALL }, codes([256], 0.05, -10, everyCode), toCodes([256], 0.03, 4)),
    one('Relu', { clamp: { least: -128, most: 127 } }, codes([8, 4], 0.05, 3), toCodes([8, 4], 0.02, -128)),
    one('Relu6', { clamp: { least: -100, most: 22 } }, codes([8, 4], 0.1, 3), toCodes([8, 4], 0.05, -100)),
  ],
  FloatClip: () => [one('0 to 6', { least: 0, most: 6 }, reals([20], 9), toReals([20]))],
  LookUp: () => [
    one(
      'x² of every code',
      { function: 'Composite', table: list(256, (i) => Math.round((i - 128) ** 2 / 128) - 128) },
      codes([256], 1, 0, everyCode),
      toCodes([256], 1, 0),
    ),
  ],
  Softmax: () => [
    one('rows', {}, codes([2, 3, 7], 0.04, 5), toCodes([2, 3, 7], 1 / 256, -128)),
    one('steep', {}, codes([4, 5], 1.5, -128), toCodes([4, 5], 1 / 256, -128)),
    one('all alike', {}, codes([1, 3], 0.1, 0, [9, 9, 9]), toCodes([1, 3], 1 / 256, -128)),
    one('one class', {}, codes([2, 1], 0.1, 0), toCodes([2, 1], 1 / 256, -128)),
  ],
  LayerNormalization: () => [
    {
      name: 'codes to codes',
      attributes: { epsilon: 1e-5 },
      inputs: { x: codes([1, 3, 12], 0.07, -9), gamma: reals([12]), beta: reals([12], 1) },
      output: toCodes([1, 3, 12], 0.05, 3),
    },
    {
      name: 'constant rows',
      attributes: { epsilon: 1e-6 },
      inputs: {
        x: codes(
          [2, 4],
          0.07,
          -9,
          list(8, (i) => (i < 4 ? 5 : -128)),
        ),
        gamma: reals([4]),
        beta: reals([4], 1),
      },
      output: toCodes([2, 4], 0.05, 3),
    },
    {
      name: 'codes to float32',
      attributes: { epsilon: 1e-5 },
      inputs: { x: codes([2, 6], 0.07, 100), gamma: reals([6]), beta: reals([6], 1) },
      output: toReals([2, 6]),
    },
    {
      name: 'float32 to codes',
      attributes: { epsilon: 1e-5 },
      inputs: { x: reals([2, 6]), gamma: reals([6]), beta: reals([6], 1) },
      output: toCodes([2, 6], 0.05, 0),
    },
  ],
  LpNormalization: () => [
    one('an embedding', {}, codes([1, 64], 0.02, 13), toCodes([1, 64], 1 / 128, 0)),
    one('rows', {}, codes([4, 5], 0.02, -128), toCodes([4, 5], 1 / 128, 0)),
    one(
      'zeros, a single one, one step',
      {},
      codes([3, 3], 1, 7, [7, 7, 7, 7, -128, 7, 8, 7, 7]),
      toCodes([3, 3], 1 / 128, 0),
    ),
  ],
  ReduceMean: () => [
    one('over positions', { axes: [2] }, codes([1, 4, 10], 0.04, -12), toCodes([1, 4], 0.03, 5)),
    one('over two axes', { axes: [1, 3] }, codes([2, 3, 2, 5], 0.04, 127), toCodes([2, 1, 2, 1], 0.05, -128)),
    one('float32', { axes: [1] }, reals([3, 7]), toReals([3])),
  ],
  ReduceSum: () => [
    one('over positions', { axes: [2] }, codes([1, 4, 10], 0.04, -12), toCodes([1, 4], 0.2, 5)),
    one('float32', { axes: [1] }, reals([3, 7]), toReals([3])),
  ],
  ReduceMax: () => [moved('over positions', { axes: [2] }, codes([1, 4, 6], 0.04, -12), [1, 4])],
  MaxPool: () => [
    pool('1-D, padded', codes([1, 3, 9], 0.04, 0), [1, 3, 5], [3], [2], [1], [1, 1]),
    pool('2-D, dilated', codes([1, 2, 5, 6], 0.04, 0), [1, 2, 3, 5], [3, 2], [1, 1], [1, 2], [0, 0, 0, 1]),
  ],
  AveragePool: () => [
    pool('1-D, padded', codes([1, 3, 9], 0.04, 33), [1, 3, 5], [3], [2], [1], [1, 1]),
    pool('halves of either sign', codes([1, 1, 4], 0.04, 0, [-3, -4, 3, 4]), [1, 1, 2], [2], [2], [1], [0, 0]),
    pool('2-D', codes([1, 2, 4, 6], 0.04, -5), [1, 2, 2, 3], [2, 2], [2, 2], [1, 1], [0, 0, 0, 0]),
  ],
  Reshape: () => [moved('[2, 3, 4] to [6, 4]', {}, codes([2, 3, 4], 0.1, 3), [6, 4])],
  Transpose: () => [
    moved('three dimensions', { perm: [2, 0, 1] }, codes([2, 3, 4], 0.1, 3), [4, 2, 3]),
    moved('four dimensions', { perm: [0, 2, 1, 3] }, codes([1, 3, 2, 4], 0.1, 3), [1, 2, 3, 4]),
  ],
  Slice: () => [
    moved('a part', { starts: [0, 1], steps: [1, 2] }, codes([2, 6], 0.1, 3), [2, 3]),
    moved('backwards', { starts: [1, 5], steps: [-1, -2] }, codes([2, 6], 0.1, 3), [2, 3]),
  ],
  Concat: () => [
    {
      name: 'equal scales',
      attributes: { axis: 1 },
      inputs: { a: codes([1, 2, 3], 0.1, 3), b: codes([1, 1, 3], 0.1, 3) },
      output: toCodes([1, 3, 3], 0.1, 3),
    },
    {
      name: 'one is requantized',
      attributes: { axis: 2 },
      inputs: { a: codes([1, 2, 3], 0.07, -3), b: codes([1, 2, 8], 0.1, 3) },
      output: toCodes([1, 2, 11], 0.1, 3),
    },
  ],
  Gather: () => [
    moved('slices', { axis: 1, indices: [2, 0, 2] }, codes([2, 3, 2], 0.1, 3), [2, 3, 2]),
    moved('one that vanishes', { axis: 1, indices: [0] }, codes([1, 4, 5], 0.1, 3), [1, 5]),
  ],
  Pad: () => [moved('two dimensions', { pads: [1, 0, 0, 2] }, codes([2, 3], 0.1, -50), [3, 5])],
  Expand: () => [moved('a row', {}, codes([1, 4], 0.1, 3), [2, 3, 4])],
  Rescale: () => [one('half', { factor: 0.5 }, codes([9], 0.1, 3), toCodes([9], Math.fround(0.1) / 2, 3))],
  Requantize: () => [
    one('every code, coarser', {}, codes([256], 0.02, 17, everyCode), toCodes([256], 0.05, -3)),
    one('much finer', {}, codes([16], 8, 0), toCodes([16], 0.001, 0)),
  ],
  DequantizeLinear: () => [one('every code', {}, codes([256], 0.1, -77, everyCode), toReals([256]))],
  QuantizeLinear: () => [
    one(
      'halves and beyond',
      {},
      { ...reals([9]), data: [-1000, -2.5, -1.5, -0.5, 0, 0.5, 1.5, 2.5, 1000] },
      toCodes([9], 1, 3),
    ),
    one('any', {}, reals([30], 9), toCodes([30], 0.06, -8)),
  ],
};

export const OPERATIONS = Object.keys(CASES);

/** The cases of one operation; those of others have no influence on what chance gives it. */
export function casesOf(operation) {
  state = 1;
  return CASES[operation]();
}
