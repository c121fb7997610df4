/** Conv, Gemm and MatMul against sums in unbounded integers, term by term. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { OperationAttributes } from '../../src/integer/operations.js';
import {
  activations,
  clamps,
  codesOf,
  count,
  type GivenCodes,
  type GivenWeights,
  RUNS,
  runOne,
  scales,
  zeroPoints,
} from './one-operation.js';
import { at, codeOracle, positions } from './oracle.js';

const ALL = { least: -128, most: 127 };

const weightsOf = (shape: readonly number[]): fc.Arbitrary<GivenWeights> =>
  fc
    .tuple(codesOf(shape), fc.array(scales, { minLength: shape[0]!, maxLength: shape[0]! }))
    .map(([weights, list]) => ({ shape, weights, scales: Float32Array.from(list) }));

const biasOf = (length: number) =>
  fc
    .array(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), { minLength: length, maxLength: length })
    .map((bias) => ({ bias: Int32Array.from(bias) }));

/** Scales of outputs that leave most codes unclamped. */
const outputScaleFor = (x: number, w: number, depth: number, spread: number) =>
  Math.fround(x * w * Math.sqrt(depth) * 64 * spread);

const convolutions = fc
  .record({
    dimensions: fc.integer({ min: 1, max: 2 }),
    group: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 1, max: 3 }),
    groupFilters: fc.integer({ min: 1, max: 5 }),
    sizes: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 6 })),
    kernels: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })),
    strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 })),
    dilations: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
    begins: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })),
    ends: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })),
    clamp: clamps,
  })
  .map(({ dimensions: n, sizes, kernels, begins, ends, strides, dilations, ...rest }) => {
    const output = sizes.map((size, d) => {
      const extent = (kernels[d]! - 1) * dilations[d]! + 1;
      return Math.floor((size + begins[d]! + ends[d]! - extent) / strides[d]!) + 1;
    });
    return {
      ...rest,
      spatial: sizes.slice(0, n),
      kernel: kernels.slice(0, n),
      output: output.slice(0, n),
      window: {
        strides: strides.slice(0, n),
        dilations: dilations.slice(0, n),
        pads: [...begins.slice(0, n), ...ends.slice(0, n)],
      },
    };
  })
  .filter(({ output }) => output.every((size) => size >= 1))
  .chain((conv) =>
    fc.record({
      conv: fc.constant(conv),
      x: activations([1, conv.group * conv.channels, ...conv.spatial]),
      weight: weightsOf([conv.group * conv.groupFilters, conv.channels, ...conv.kernel]),
      bias: biasOf(conv.group * conv.groupFilters),
      spread: fc.double({ min: 0.1, max: 10, noNaN: true }),
      zeroPoint: zeroPoints,
    }),
  );

/** The sum at an output position, in double-checked real arithmetic, too. */
function convOracle(
  x: GivenCodes,
  weight: GivenWeights,
  bias: Int32Array,
  { group, strides, dilations, pads }: OperationAttributes['Conv'],
  [, filter, ...position]: readonly number[],
): bigint {
  const [filters, channels, ...kernel] = weight.shape;
  const firstChannel = Math.floor(filter! / (filters! / group)) * channels!;
  let sum = BigInt(bias[filter!]!);
  for (const [c, ...tap] of positions([channels!, ...kernel])) {
    const source = position.map((along, d) => along * strides[d]! - pads[d]! + tap[d]! * dilations[d]!);
    if (source.some((index, d) => index < 0 || index >= x.shape[d + 2]!)) continue;
    const code = at(x.codes, x.shape, [0, firstChannel + c!, ...source]) - x.zeroPoint;
    sum += BigInt(code) * BigInt(at(weight.weights, weight.shape, [filter!, c!, ...tap]));
  }
  return sum;
}

test('Conv: one and two dimensions, groups, strides, dilations, pads, clamps', () => {
  fc.assert(
    fc.property(convolutions, ({ conv, x, weight, bias, spread, zeroPoint }) => {
      const depth = conv.channels * count(conv.kernel);
      const shape = [1, weight.shape[0]!, ...conv.output];
      const scale = outputScaleFor(x.scale, weight.scales[0]!, depth, spread);
      const attributes = { ...conv.window, group: conv.group, clamp: conv.clamp };
      const out = runOne('Conv', attributes, [x, weight, bias], { shape, scale, zeroPoint });
      const { least, most } = conv.clamp;
      const expected = positions(shape).map((position) => {
        const sum = convOracle(x, weight, bias.bias, attributes, position);
        const multiplier = (x.scale * weight.scales[position[1]!]!) / scale;
        return codeOracle(sum, multiplier, zeroPoint, least, most);
      });
      expect(out).toEqual(expected);
      // In real numbers: half a step, and a quarter for the second rounding.
      positions(shape).forEach((position, i) => {
        const sum = Number(convOracle(x, weight, bias.bias, attributes, position));
        const exact = (sum * x.scale * weight.scales[position[1]!]!) / scale + zeroPoint;
        expect(Math.abs(out[i]! - Math.min(Math.max(exact, least), most))).toBeLessThan(0.7501);
      });
    }),
    RUNS,
  );
});

test('Gemm: any leading dimensions', () => {
  const arbitrary = fc
    .record({
      lead: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
      depth: fc.integer({ min: 1, max: 20 }),
      width: fc.integer({ min: 1, max: 11 }),
    })
    .chain(({ lead, depth, width }) =>
      fc.record({
        x: activations([...lead, depth]),
        weight: weightsOf([width, depth]),
        bias: biasOf(width),
        clamp: clamps,
        spread: fc.double({ min: 0.1, max: 10, noNaN: true }),
        zeroPoint: zeroPoints,
      }),
    );
  fc.assert(
    fc.property(arbitrary, ({ x, weight, bias, clamp, spread, zeroPoint }) => {
      const [width, depth] = weight.shape as [number, number];
      const shape = [...x.shape.slice(0, -1), width];
      const scale = outputScaleFor(x.scale, weight.scales[0]!, depth, spread);
      const out = runOne('Gemm', { clamp }, [x, weight, bias], { shape, scale, zeroPoint });
      const expected = positions(shape).map((position) => {
        const o = position.at(-1)!;
        let sum = BigInt(bias.bias[o]!);
        for (let k = 0; k < depth; k++) {
          const code = at(x.codes, x.shape, [...position.slice(0, -1), k]) - x.zeroPoint;
          sum += BigInt(code) * BigInt(weight.weights[o * depth + k]!);
        }
        return codeOracle(sum, (x.scale * weight.scales[o]!) / scale, zeroPoint, clamp.least, clamp.most);
      });
      expect(out).toEqual(expected);
    }),
    RUNS,
  );
});

test('MatMul of two activations', () => {
  const size = fc.integer({ min: 1, max: 7 });
  const arbitrary = fc
    .tuple(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), size, size, size)
    .chain(([lead, m, k, n]) =>
      fc.record({
        a: activations([...lead, m, k]),
        b: activations([...lead, k, n]),
        clamp: clamps,
        spread: fc.double({ min: 0.1, max: 10, noNaN: true }),
        zeroPoint: zeroPoints,
      }),
    );
  fc.assert(
    fc.property(arbitrary, ({ a, b, clamp, spread, zeroPoint }) => {
      const depth = a.shape.at(-1)!;
      const shape = [...a.shape.slice(0, -1), b.shape.at(-1)!];
      const scale = outputScaleFor(a.scale, b.scale, depth, spread);
      const out = runOne('MatMul', { clamp }, [a, b], { shape, scale, zeroPoint });
      const expected = positions(shape).map((position) => {
        const lead = position.slice(0, -2);
        const [row, column] = position.slice(-2) as [number, number];
        let sum = 0n;
        for (let k = 0; k < depth; k++) {
          const x = at(a.codes, a.shape, [...lead, row, k]) - a.zeroPoint;
          const y = at(b.codes, b.shape, [...lead, k, column]) - b.zeroPoint;
          sum += BigInt(x * y);
        }
        return codeOracle(sum, Math.fround(a.scale * b.scale) / scale, zeroPoint, clamp.least, clamp.most);
      });
      expect(out).toEqual(expected);
    }),
    RUNS,
  );
});

describe('long sums', () => {
  const depth = 66_000;
  const wide = (code: number): GivenCodes => ({
    shape: [1, depth],
    scale: 1,
    zeroPoint: -code,
    codes: new Int8Array(depth).fill(code),
  });
  const weight = (length: number, code: number): GivenWeights => ({
    shape: [1, length],
    scales: Float32Array.of(1),
    weights: new Int8Array(length).fill(code),
  });
  const noBias = { bias: Int32Array.of(0) };

  test.each([
    [127, 127],
    [127, -127],
    [-127, 127],
  ])('of codes of %p by weights of %p, close to the bound of int32', (code, by) => {
    const scale = 2 ** 24;
    const out = runOne('Gemm', { clamp: ALL }, [wide(code), weight(depth, by), noBias], {
      shape: [1, 1],
      scale,
      zeroPoint: 0,
    });
    expect(out).toEqual([codeOracle(BigInt(depth) * BigInt(2 * code) * BigInt(by), 1 / scale, 0)]);
  });

  test('are refused where they may leave int32', () => {
    const length = 66_053;
    const x = { shape: [1, length], scale: 1, zeroPoint: 0, codes: new Int8Array(length) };
    const y = { shape: [1, 1], scale: 1, zeroPoint: 0 };
    expect(() => runOne('Gemm', { clamp: ALL }, [x, weight(length, 127), noBias], y)).toThrow(
      'node "step" (Gemm): sums of 66053 products and a bias may leave int32',
    );
    const full = { bias: Int32Array.of(2 ** 31 - 1) };
    const short = { shape: [1, 1], scale: 1, zeroPoint: 0, codes: new Int8Array(1) };
    expect(() => runOne('Gemm', { clamp: ALL }, [short, weight(1, 1), full], y)).toThrow('may leave int32');
    const rows = { shape: [1, 32_768], scale: 1, zeroPoint: 0, codes: new Int8Array(32_768) };
    const columns = { ...rows, shape: [32_768, 1] };
    expect(() => runOne('MatMul', { clamp: ALL }, [rows, columns], y)).toThrow(
      'sums of 32768 products may leave int32',
    );
  });
});
