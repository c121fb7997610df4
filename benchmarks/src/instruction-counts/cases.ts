/** The shapes by which every kernel is counted: as networks for watches have them, and some beyond. */
import { ALL_CODES, type IntegerGraph, type OperationName } from '@edgebeat/exporter';
import { codes, oneOperation, outputScale, reals, weighted } from './one-operation.js';

const SCALE = 0.03;

interface ConvCase {
  readonly channels: number;
  readonly filters: number;
  readonly size: readonly number[];
  readonly kernel: readonly number[];
  readonly stride?: number;
  readonly pad?: number;
  readonly group?: number;
}

function conv({ channels, filters, size, kernel, stride = 1, pad = 0, group = 1 }: ConvCase): IntegerGraph {
  const [strides, dilations] = [kernel.map(() => stride), kernel.map(() => 1)];
  const pads = [...kernel, ...kernel].map(() => pad);
  const output = size.map((length, d) => Math.floor((length + 2 * pad - kernel[d]!) / stride) + 1);
  const weights = [filters, channels / group, ...kernel];
  const products = weights.slice(1).reduce((product, one) => product * one, 1);
  return oneOperation(
    'Conv',
    { strides, dilations, pads, group, clamp: ALL_CODES },
    [codes([1, channels, ...size], SCALE)],
    codes([1, filters, ...output], outputScale(SCALE, products), 3),
    weighted(weights, SCALE),
  );
}

const gemm = (rows: number, depth: number, width: number) =>
  oneOperation(
    'Gemm',
    { clamp: ALL_CODES },
    [codes([rows, depth], SCALE)],
    codes([rows, width], outputScale(SCALE, depth), 3),
    weighted([width, depth], SCALE),
  );

const matMul = (heads: number, rows: number, depth: number, columns: number) =>
  oneOperation(
    'MatMul',
    { clamp: ALL_CODES },
    [codes([heads, rows, depth], SCALE), codes([heads, depth, columns], SCALE, 4)],
    codes([heads, rows, columns], SCALE * SCALE * 35 * Math.sqrt(depth), 1),
  );

const pair = (operator: 'Add' | 'Sub' | 'Mul', a: readonly number[], b: readonly number[]) =>
  oneOperation(
    operator,
    { clamp: ALL_CODES },
    [codes(a, SCALE), codes(b, SCALE, 4)],
    codes(a, operator === 'Mul' ? SCALE * SCALE * 60 : 2 * SCALE, 1),
  );

const realPair = (operator: 'Add' | 'Sub' | 'Mul' | 'Div', a: readonly number[], b: readonly number[]) =>
  oneOperation(operator, { clamp: ALL_CODES }, [reals(a), { ...reals(b), isConstant: true }], reals(a));

const layerNormalization = (rows: number, depth: number, isReal: boolean) => {
  const constant = { ...reals([depth]), isConstant: true };
  const x = isReal ? reals([rows, depth]) : codes([rows, depth], SCALE);
  const y = isReal ? reals([rows, depth]) : codes([rows, depth], SCALE, 2);
  return oneOperation('LayerNormalization', { epsilon: 1e-5 }, [x, constant, constant], y);
};

const pool = (
  operator: 'MaxPool' | 'AveragePool',
  channels: number,
  length: number,
  kernel: number,
  stride: number,
) => {
  const window = { kernel: [kernel], strides: [stride], dilations: [1], pads: [1, 1] };
  const output = Math.floor((length + 2 - kernel) / stride) + 1;
  return oneOperation(operator, window, [codes([1, channels, length], SCALE)], codes([1, channels, output], SCALE));
};

const reduce = (
  operator: 'ReduceMean' | 'ReduceSum' | 'ReduceMax',
  shape: readonly number[],
  axis: number,
  of = codes,
) =>
  oneOperation(
    operator,
    { axes: [axis] },
    [of(shape, SCALE)],
    of(
      shape.filter((_, d) => d !== axis),
      SCALE,
    ),
  );

const table = (count: number) =>
  oneOperation(
    'LookUp',
    { function: 'Tanh', table: Int8Array.from({ length: 256 }, (_, i) => (i - 128) / 2) },
    [codes([count], SCALE)],
    codes([count], SCALE),
  );

const one = (operator: OperationName, attributes: object, x: ReturnType<typeof codes>, y: ReturnType<typeof codes>) =>
  oneOperation(operator, attributes as never, [x], y);

const COUNTS = [16, 100, 333, 1000, 4096];
const ROWS = [
  [1, 64],
  [22, 64],
  [22, 192],
  [66, 22],
  [7, 33],
  [1, 512],
] as const;
/** Pairs of shapes: equal, along rows, along columns. */
const PAIRS = [
  [[64], [64]],
  [
    [22, 64],
    [22, 64],
  ],
  [[22, 192], [192]],
  [
    [1, 32, 100],
    [1, 32, 1],
  ],
  [[60, 12], [12]],
  [
    [1, 8, 250],
    [1, 8, 1],
  ],
] as const;
const MOVED = [
  [22, 64],
  [3, 22, 64],
  [40, 7],
  [12, 100],
  [100, 12],
] as const;

export function countedCases(): IntegerGraph[] {
  const flat = (channels: number, filters: number, length: number, kernel: number, more: Partial<ConvCase> = {}) =>
    conv({ channels, filters, size: [length], kernel: [kernel], ...more });
  return [
    flat(3, 32, 300, 7, { stride: 2, pad: 3 }),
    flat(1, 16, 1000, 7, { stride: 2, pad: 3 }),
    flat(32, 32, 80, 3, { pad: 1 }),
    flat(64, 128, 38, 3, { pad: 1, stride: 2 }),
    flat(128, 128, 19, 3, { pad: 1 }),
    flat(16, 48, 40, 1),
    flat(3, 64, 300, 15, { stride: 15 }),
    flat(256, 20, 10, 3, { pad: 1 }),
    flat(24, 24, 60, 5, { group: 24, pad: 2 }),
    flat(32, 32, 40, 3, { group: 4, pad: 1 }),
    flat(5, 7, 33, 4),
    conv({ channels: 8, filters: 16, size: [12, 14], kernel: [3, 3], pad: 1 }),
    conv({ channels: 3, filters: 8, size: [16, 16], kernel: [3, 3], stride: 2 }),
    conv({ channels: 16, filters: 16, size: [8, 9], kernel: [3, 3], group: 16, pad: 1 }),
    ...[gemm(1, 64, 64), gemm(22, 64, 192), gemm(22, 192, 64), gemm(22, 48, 192), gemm(1, 512, 100), gemm(3, 33, 7)],
    ...[gemm(50, 8, 8), gemm(1, 256, 10), gemm(4, 16, 300)],
    ...[
      matMul(1, 22, 64, 22),
      matMul(4, 22, 16, 22),
      matMul(3, 22, 22, 64),
      matMul(1, 5, 100, 40),
      matMul(8, 10, 8, 30),
    ],
    ...[matMul(2, 1, 64, 64), matMul(2, 64, 32, 1)],
    ...(['Add', 'Sub', 'Mul'] as const).flatMap((operator) => PAIRS.map(([a, b]) => pair(operator, a, b))),
    ...(['Add', 'Sub', 'Mul', 'Div'] as const).flatMap((operator) => PAIRS.map(([a, b]) => realPair(operator, a, b))),
    ...COUNTS.map(table),
    ...COUNTS.map((count) => one('Sqrt', {}, reals([count]), reals([count]))),
    ...COUNTS.map((count) => one('FloatClip', { least: 0, most: 0.5 }, reals([count]), reals([count]))),
    ...COUNTS.map((count) => one('QuantizeLinear', {}, reals([count]), codes([count], 0.02, 1))),
    ...MOVED.map((shape) => one('Transpose', { perm: transposed(shape) }, codes(shape), codes(transposedShape(shape)))),
    ...MOVED.map((shape) => one('Transpose', { perm: transposed(shape) }, reals(shape), reals(transposedShape(shape)))),
    ...MOVED.map((shape) => padded(shape, codes)),
    ...MOVED.map((shape) => padded(shape, reals)),
    ...ROWS.map(([rows, depth]) => one('Softmax', {}, codes([rows, depth], 0.05), codes([rows, depth], 1 / 256, -128))),
    ...ROWS.map(([rows, depth]) => layerNormalization(rows, depth, false)),
    ...ROWS.map(([rows, depth]) => layerNormalization(rows, depth, true)),
    ...ROWS.map(([rows, depth]) => one('LpNormalization', {}, codes([rows, depth]), codes([rows, depth], 1 / 128, 0))),
    ...(['MaxPool', 'AveragePool'] as const).flatMap((operator) => [
      pool(operator, 32, 80, 3, 2),
      pool(operator, 8, 100, 3, 1),
      pool(operator, 16, 60, 5, 3),
      pool(operator, 64, 20, 2, 2),
      pool(operator, 3, 300, 10, 5),
    ]),
    ...(['ReduceMean', 'ReduceSum', 'ReduceMax'] as const).flatMap((operator) =>
      [codes, reals].flatMap((of) => [
        reduce(operator, [1, 64, 22], 2, of),
        reduce(operator, [1, 128, 10], 2, of),
        reduce(operator, [1, 22, 64], 1, of),
        reduce(operator, [12, 100], 1, of),
        reduce(operator, [5, 7, 9], 1, of),
      ]),
    ),
  ];
}

const transposed = (shape: readonly number[]) => shape.map((_, d) => shape.length - 1 - d);
const transposedShape = (shape: readonly number[]) => shape.toReversed();

function padded(shape: readonly number[], of: typeof codes): IntegerGraph {
  const pads = [...shape.map(() => 0), ...shape.map((_, d) => (d === 0 ? 3 : 1))];
  return one('Pad', { pads }, of(shape), of(shape.map((size, d) => size + (d === 0 ? 3 : 1))));
}
