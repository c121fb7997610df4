/** Fixed-point rescaling against unbounded integers. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  roundingDivideByPOT,
  saturatingRoundingDoublingHighMul,
} from '../../src/integer/fixed-point.js';
import { divideRounded, highMulOracle, multiplyOracle, quantizeMultiplierOracle } from './oracle.js';

const CORNERS = [
  -(2 ** 31),
  -(2 ** 31) + 1,
  -(2 ** 30),
  -65537,
  -65536,
  -32768,
  -1,
  0,
  1,
  32767,
  65535,
  65536,
  2 ** 30,
];
const int32 = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.integer({ min: -(2 ** 22), max: 2 ** 22 }),
  fc.constantFrom(...CORNERS),
);
const RUNS = { numRuns: 4_000, seed: 7 };

test('saturatingRoundingDoublingHighMul is exact over int32', () => {
  fc.assert(
    fc.property(int32, int32, (a, b) => {
      expect(saturatingRoundingDoublingHighMul(a, b)).toBe(Number(highMulOracle(BigInt(a), BigInt(b))));
    }),
    RUNS,
  );
});

test('saturatingRoundingDoublingHighMul at and beside halves', () => {
  const halves = fc.tuple(fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }), fc.integer({ min: -2, max: 2 }));
  fc.assert(
    fc.property(halves, ([odd, beside]) => {
      // (2k + 1) · 2^14 · 2^16 / 2^31 is k + ½.
      const a = (2 * odd + 1) * 2 ** 14 + beside;
      const b = 2 ** 16;
      expect(saturatingRoundingDoublingHighMul(a, b)).toBe(Number(highMulOracle(BigInt(a), BigInt(b))));
    }),
    RUNS,
  );
});

test('roundingDivideByPOT rounds halves away from zero', () => {
  fc.assert(
    fc.property(int32, fc.integer({ min: 0, max: 31 }), (x, exponent) => {
      expect(roundingDivideByPOT(x, exponent)).toBe(Number(divideRounded(BigInt(x), 2n ** BigInt(exponent))));
    }),
    RUNS,
  );
  expect([-3, -1, 1, 3].map((x) => roundingDivideByPOT(x, 1))).toEqual([-2, -1, 1, 2]);
});

test('multiplyByQuantizedMultiplier', () => {
  const multipliers = fc.integer({ min: 2 ** 30, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(int32, multipliers, fc.integer({ min: -31, max: 30 }), (x, multiplier, shift) => {
      const expected = multiplyOracle(BigInt(x), BigInt(multiplier), shift);
      expect(multiplyByQuantizedMultiplier(x, multiplier, shift)).toBe(Number(expected));
    }),
    RUNS,
  );
});

describe('quantizeMultiplier', () => {
  test('over all positive doubles', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }), (real) => {
        const { multiplier, shift } = quantizeMultiplierOracle(real);
        expect(quantizeMultiplier(real)).toEqual({ multiplier: Number(multiplier), shift });
      }),
      RUNS,
    );
  });

  test('over the multipliers that occur', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 35, noNaN: true }), (power) => {
        const { multiplier, shift } = quantizeMultiplierOracle(2 ** power);
        expect(quantizeMultiplier(2 ** power)).toEqual({ multiplier: Number(multiplier), shift });
      }),
      RUNS,
    );
  });

  test('known values', () => {
    expect(quantizeMultiplier(0)).toEqual({ multiplier: 0, shift: 0 });
    expect(quantizeMultiplier(1)).toEqual({ multiplier: 2 ** 30, shift: 1 });
    expect(quantizeMultiplier(0.5)).toEqual({ multiplier: 2 ** 30, shift: 0 });
    // Rounds up to 2^31, which is carried into the shift.
    expect(quantizeMultiplier(1 - 2 ** -40)).toEqual({ multiplier: 2 ** 30, shift: 1 });
    expect(quantizeMultiplier(2 ** -32)).toEqual({ multiplier: 2 ** 30, shift: -31 });
    expect(quantizeMultiplier(2 ** -33)).toEqual({ multiplier: 0, shift: 0 });
    expect(quantizeMultiplier(Number.MIN_VALUE)).toEqual({ multiplier: 0, shift: 0 });
    expect(quantizeMultiplier(2 ** 30)).toEqual({ multiplier: 2 ** 31 - 1, shift: 30 });
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %p', (real) => {
    expect(() => quantizeMultiplier(real)).toThrow(RangeError);
  });
});
