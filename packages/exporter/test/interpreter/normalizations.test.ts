/** Softmax, LayerNormalization and LpNormalization. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { inverseSquareRoot } from '../../src/integer/inverse-square-root.js';
import { activations, type GivenCodes, RUNS, realsOf, runOne, scales, shapes, zeroPoints } from './one-operation.js';
import { divideRounded, highMulOracle, multiplyOracle } from './oracle.js';

/** Rows along the last dimension. */
function rowsOf<T>(data: ArrayLike<T>, depth: number): T[][] {
  return Array.from({ length: data.length / depth }, (_, row) =>
    Array.from({ length: depth }, (_, i) => data[row * depth + i]!),
  );
}

describe('Softmax', () => {
  const softmax = (x: GivenCodes) => runOne('Softmax', {}, [x], { shape: x.shape, scale: 1 / 256, zeroPoint: -128 });

  test('follows its definition, and the real softmax within a step', () => {
    fc.assert(
      fc.property(shapes(1, 3, 9).chain(activations), (x) => {
        const depth = x.shape.at(-1)!;
        const rows = rowsOf(softmax(x), depth);
        rowsOf(x.codes, depth).forEach((codes, row) => {
          const most = Math.max(...codes);
          const e = codes.map((code) => BigInt(Math.round(65536 * Math.exp(-x.scale * (most - code)))));
          const sum = e.reduce((total, term) => total + term, 0n);
          const expected = e.map((term) => Math.min(255, Number((term * 256n + sum / 2n) / sum)) - 128);
          expect(rows[row]).toEqual(expected);
          const total = codes.reduce((t, code) => t + Math.exp(x.scale * (code - most)), 0);
          codes.forEach((code, i) => {
            const share = Math.exp(x.scale * (code - most)) / total;
            expect(Math.abs(rows[row]![i]! + 128 - Math.min(255, 256 * share))).toBeLessThan(0.51);
          });
        });
      }),
      RUNS,
    );
  });

  test('of one class, of many alike, of extremes', () => {
    const given = (codes: number[]) => ({
      shape: [1, codes.length],
      scale: 8,
      zeroPoint: 0,
      codes: Int8Array.from(codes),
    });
    expect(softmax(given([-128]))).toEqual([127]);
    expect(softmax(given([127, -128]))).toEqual([127, -128]);
    expect(softmax(given([5, 5]))).toEqual([0, 0]);
    expect(new Set(softmax(given(new Array(65_535).fill(127))))).toEqual(new Set([-128]));
  });
});

describe('LayerNormalization', () => {
  const { fround, sqrt } = Math;
  /** One rounding to float32 after the other. */
  function oracle(
    row: readonly number[],
    gamma: ArrayLike<number>,
    beta: ArrayLike<number>,
    epsilon: number,
  ): number[] {
    const sum = (list: readonly number[]) => list.reduce((total, term) => fround(total + term), 0);
    const mean = fround(sum(row) / row.length);
    const d = row.map((x) => fround(x - mean));
    const variance = fround(sum(d.map((x) => fround(x * x))) / row.length);
    const factor = fround(1 / fround(sqrt(fround(variance + fround(epsilon)))));
    return d.map((x, i) => fround(fround(fround(x * factor) * gamma[i]!) + beta[i]!));
  }

  const epsilon = 1e-5;
  const arbitrary = shapes(1, 3, 8).chain((shape) =>
    fc.record({
      x: activations(shape),
      gamma: realsOf([shape.at(-1)!]),
      beta: realsOf([shape.at(-1)!]),
      scale: scales,
      zeroPoint: zeroPoints,
    }),
  );

  test('from and to codes and real numbers', () => {
    fc.assert(
      fc.property(arbitrary, ({ x, gamma, beta, scale, zeroPoint }) => {
        const { shape, codes } = x;
        const reals = Float32Array.from(codes, (code) => x.scale * (code - x.zeroPoint));
        const expected = rowsOf(reals, shape.at(-1)!).flatMap((row) => oracle(row, gamma.reals, beta.reals, epsilon));
        const expectedCodes = expected.map((y) => {
          const steps = fround(y / scale);
          return Math.min(Math.max(Math.sign(steps) * Math.round(Math.abs(steps)) + zeroPoint, -128), 127);
        });
        const given = [gamma, beta];
        const wanted = { shape, scale, zeroPoint };
        expect(runOne('LayerNormalization', { epsilon }, [x, ...given], { shape })).toEqual(expected);
        expect(runOne('LayerNormalization', { epsilon }, [{ shape, reals }, ...given], { shape })).toEqual(expected);
        expect(runOne('LayerNormalization', { epsilon }, [x, ...given], wanted)).toEqual(expectedCodes);
        expect(runOne('LayerNormalization', { epsilon }, [{ shape, reals }, ...given], wanted)).toEqual(expectedCodes);
      }),
      RUNS,
    );
  });

  test('mean 0 and variance 1', () => {
    const x = {
      shape: [1, 64],
      scale: 0.05,
      zeroPoint: 3,
      codes: Int8Array.from({ length: 64 }, (_, i) => i * 3 - 90),
    };
    const ones = { shape: [64], reals: new Float32Array(64).fill(1) };
    const zeros = { shape: [64], reals: new Float32Array(64) };
    const y = runOne('LayerNormalization', { epsilon }, [x, ones, zeros], { shape: [1, 64] });
    expect(y.reduce((sum, value) => sum + value, 0) / 64).toBeCloseTo(0, 5);
    expect(y.reduce((sum, value) => sum + value * value, 0) / 64).toBeCloseTo(1, 4);
  });
});

describe('inverseSquareRoot', () => {
  const LEAST = -(2n ** 31n);
  const MOST = 2n ** 31n - 1n;
  const saturatingShift = (x: bigint, bits: bigint) => {
    const shifted = x << bits;
    return shifted < LEAST ? LEAST : shifted > MOST ? MOST : shifted;
  };
  /** The Newton steps on numbers with three integer bits, in unbounded integers. */
  function oracle(x: number): { multiplier: bigint; shift: number } {
    let input = BigInt(x);
    let right = 11;
    for (; input >= 2n ** 29n; right++) input /= 4n;
    // From 2^27 to below 2^29.
    for (; input < 2n ** 27n; right--) input *= 4n;
    const half = divideRounded(input >> 1n, 2n);
    let root = 2n ** 28n;
    for (let step = 0; step < 5; step++) {
      const cube = saturatingShift(highMulOracle(highMulOracle(root, root), root), 6n);
      root = saturatingShift(highMulOracle(3n * 2n ** 27n, root) - highMulOracle(half, cube), 3n);
    }
    const multiplier = highMulOracle(root, 1518500250n);
    return right < 0 ? { multiplier: multiplier << BigInt(-right), shift: 0 } : { multiplier, shift: -right };
  }

  test('equals its definition, and 1 / √x to 2^−19', () => {
    const numbers = fc.oneof(
      fc.integer({ min: 2, max: 2 ** 31 - 1 }),
      fc.integer({ min: 1, max: 30 }).chain((bits) => fc.integer({ min: -2, max: 2 }).map((by) => 2 ** bits + by)),
    );
    fc.assert(
      fc.property(numbers, (x) => {
        fc.pre(x >= 2);
        const { multiplier, shift } = inverseSquareRoot(x);
        const expected = oracle(x);
        expect({ multiplier, shift: shift + 0 }).toEqual({
          multiplier: Number(expected.multiplier),
          shift: expected.shift + 0,
        });
        const value = (multiplier / 2 ** 31) * 2 ** shift;
        expect(Math.abs(value * Math.sqrt(x) - 1)).toBeLessThan(2 ** -19);
      }),
      { numRuns: 3000, seed: 5 },
    );
  });

  test('0 counts as 1', () => {
    expect(inverseSquareRoot(0)).toEqual({ multiplier: 2 ** 31 - 1, shift: 0 });
    expect(inverseSquareRoot(1)).toEqual({ multiplier: 2 ** 31 - 1, shift: 0 });
  });
});

test('LpNormalization', () => {
  fc.assert(
    fc.property(shapes(1, 3, 12).chain(activations), (x) => {
      const depth = x.shape.at(-1)!;
      const out = rowsOf(runOne('LpNormalization', {}, [x], { shape: x.shape, scale: 1 / 128, zeroPoint: 0 }), depth);
      rowsOf(x.codes, depth).forEach((codes, row) => {
        const differences = codes.map((code) => code - x.zeroPoint);
        const squares = differences.reduce((sum, d) => sum + d * d, 0);
        const { multiplier, shift } = inverseSquareRoot(squares);
        differences.forEach((d, i) => {
          const steps = Number(multiplyOracle(BigInt(d), BigInt(multiplier), shift + 7));
          expect(out[row]![i]).toBe(Math.min(Math.max(steps, -128), 127));
          const exact = squares === 0 ? 0 : Math.min((128 * d) / Math.sqrt(squares), 127);
          expect(Math.abs(out[row]![i]! - exact)).toBeLessThan(0.76);
        });
      });
    }),
    RUNS,
  );
});
