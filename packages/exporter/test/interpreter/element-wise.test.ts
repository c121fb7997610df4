/** Operations element by element, on codes against unbounded integers and on float32 numbers. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  activations,
  clamps,
  codesOf,
  type GivenCodes,
  RUNS,
  realsOf,
  runOne,
  scales,
  shapes,
  zeroPoints,
} from './one-operation.js';
import { at, codeOracle, positions, rescaleOracle, spreadFrom } from './oracle.js';

const ALL = { least: -128, most: 127 };

/** An output's shape and two that spread to it. */
const spreads = shapes(1, 4, 4).chain((shape) => {
  const smaller = fc
    .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([drop, ones]) => shape.map((size, d) => (ones[d] ? 1 : size)).slice(drop));
  return fc.oneof(
    fc.record({ shape: fc.constant(shape), a: fc.constant(shape), b: smaller }),
    fc.record({ shape: fc.constant(shape), a: smaller, b: fc.constant(shape) }),
  );
});

const pairs = spreads.chain(({ shape, a, b }) =>
  fc.record({
    shape: fc.constant(shape),
    a: activations(a),
    b: activations(b),
    constants: fc.tuple(fc.boolean(), fc.boolean()),
    scale: scales,
    zeroPoint: zeroPoints,
    clamp: clamps,
  }),
);

/** The two codes less their zero points that come together at a position. */
function operandsAt(a: GivenCodes, b: GivenCodes, position: readonly number[]): [number, number] {
  return [
    at(a.codes, a.shape, spreadFrom(a.shape, position)) - a.zeroPoint,
    at(b.codes, b.shape, spreadFrom(b.shape, position)) - b.zeroPoint,
  ];
}

describe.each([
  ['Add', 1],
  ['Sub', -1],
] as const)('%s', (operator, sign) => {
  test('of codes, with constants on either side', () => {
    fc.assert(
      fc.property(pairs, ({ shape, a, b, constants, scale, zeroPoint, clamp }) => {
        const given = [
          { ...a, constant: constants[0] },
          { ...b, constant: constants[1] },
        ];
        const out = runOne(operator, { clamp }, given, { shape, scale, zeroPoint });
        const common = 2 * Math.max(a.scale, b.scale);
        positions(shape).forEach((position, i) => {
          const [p, q] = operandsAt(a, b, position);
          const scaledP = rescaleOracle(p * 2 ** 20, a.scale / common);
          const scaledQ = rescaleOracle(q * 2 ** 20, b.scale / common);
          const sum = sign > 0 ? scaledP + scaledQ : scaledP - scaledQ;
          expect(out[i]).toBe(codeOracle(sum, common / (2 ** 20 * scale), zeroPoint, clamp.least, clamp.most));
          const exact = (p * a.scale + sign * q * b.scale) / scale + zeroPoint;
          // Inputs are rounded to 2^−20 of the larger scale, which counts where the output's is much finer.
          const slack = 0.751 + (2 ** -19 * common) / scale;
          expect(Math.abs(out[i]! - Math.min(Math.max(exact, clamp.least), clamp.most))).toBeLessThan(slack);
        });
      }),
      RUNS,
    );
  });
});

test('Mul of codes', () => {
  fc.assert(
    fc.property(pairs, ({ shape, a, b, constants, scale, zeroPoint, clamp }) => {
      const given = [
        { ...a, constant: constants[0] },
        { ...b, constant: constants[1] },
      ];
      const out = runOne('Mul', { clamp }, given, { shape, scale, zeroPoint });
      positions(shape).forEach((position, i) => {
        const [p, q] = operandsAt(a, b, position);
        const real = Math.fround(Math.fround(a.scale * b.scale) / scale);
        expect(out[i]).toBe(codeOracle(p * q, real, zeroPoint, clamp.least, clamp.most));
        const exact = Math.min(Math.max(p * q * real + zeroPoint, clamp.least), clamp.most);
        expect(Math.abs(out[i]! - exact)).toBeLessThan(0.751);
      });
    }),
    RUNS,
  );
});

describe('on float32, each result rounded once', () => {
  const cases: readonly ['Add' | 'Sub' | 'Mul' | 'Div', (a: number, b: number) => number][] = [
    ['Add', (a, b) => a + b],
    ['Sub', (a, b) => a - b],
    ['Mul', (a, b) => a * b],
    ['Div', (a, b) => a / b],
  ];
  test.each(cases)('%s', (operator, compute) => {
    const arbitrary = spreads.chain(({ shape, a, b }) => fc.tuple(fc.constant(shape), realsOf(a), realsOf(b)));
    fc.assert(
      fc.property(arbitrary, ([shape, a, b]) => {
        const attributes = operator === 'Div' ? {} : { clamp: ALL };
        const out = runOne(operator, attributes as { clamp: typeof ALL }, [a, b], { shape });
        const expected = positions(shape).map((position) => {
          const p = at(a.reals, a.shape, spreadFrom(a.shape, position));
          return Math.fround(compute(p, at(b.reals, b.shape, spreadFrom(b.shape, position))));
        });
        expect(out).toEqual(expected);
      }),
      RUNS,
    );
  });

  test('Sqrt and FloatClip', () => {
    const x = { shape: [5], reals: Float32Array.of(0, 2, 7.5, 1e-12, 1e12) };
    expect(runOne('Sqrt', {}, [x], { shape: [5] })).toEqual([...x.reals].map((value) => Math.fround(Math.sqrt(value))));
    const y = { shape: [4], reals: Float32Array.of(-1, 0.5, 9, Number.NaN) };
    const { NaN: none, POSITIVE_INFINITY } = Number;
    expect(runOne('FloatClip', { least: 0, most: 6 }, [y], { shape: [4] })).toEqual([0, 0.5, 6, none]);
    expect(runOne('FloatClip', { least: 0, most: POSITIVE_INFINITY }, [y], { shape: [4] })).toEqual([0, 0.5, 9, none]);
  });
});

test('Requantize and Clip: every code', () => {
  const codes = Int8Array.from({ length: 256 }, (_, i) => i - 128);
  fc.assert(
    fc.property(scales, zeroPoints, scales, zeroPoints, clamps, (scale, zeroPoint, outScale, outZeroPoint, clamp) => {
      const given = { shape: [256], scale, zeroPoint, codes };
      const wanted = { shape: [256], scale: outScale, zeroPoint: outZeroPoint };
      const expected = (least: number, most: number) =>
        [...codes].map((code) => codeOracle(code - zeroPoint, scale / outScale, outZeroPoint, least, most));
      expect(runOne('Requantize', {}, [given], wanted)).toEqual(expected(-128, 127));
      expect(runOne('Clip', { clamp }, [given], wanted)).toEqual(expected(clamp.least, clamp.most));
    }),
    RUNS,
  );
});

test('DequantizeLinear and QuantizeLinear', () => {
  fc.assert(
    fc.property(codesOf([20]), scales, zeroPoints, scales, zeroPoints, (codes, scale, zeroPoint, other, otherZero) => {
      const given = { shape: [20], scale, zeroPoint, codes };
      const reals = runOne('DequantizeLinear', {}, [given], { shape: [20] });
      expect(reals).toEqual([...codes].map((code) => Math.fround(scale * (code - zeroPoint))));
      const back = runOne('QuantizeLinear', {}, [{ shape: [20], reals: Float32Array.from(reals) }], {
        shape: [20],
        scale: other,
        zeroPoint: otherZero,
      });
      const expected = reals.map((real) => {
        const steps = Math.fround(real / other);
        const rounded = Math.sign(steps) * Math.round(Math.abs(steps));
        return Math.min(Math.max(rounded + otherZero, -128), 127);
      });
      expect(back).toEqual(expected);
    }),
    RUNS,
  );
});
