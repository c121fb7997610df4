/** Tabulated functions. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { erf } from '../../src/integer/error-function.js';
import { exponentialTable } from '../../src/integer/exponential-table.js';
import {
  gelu,
  lookUpTable,
  negative,
  power,
  type RealFunction,
  sigmoid,
  squareRoot,
  tanh,
  tanhGelu,
} from '../../src/integer/look-up-table.js';
import { runOne, scales, zeroPoints } from './one-operation.js';

const quantization = (scale: number, zeroPoint: number) => ({ scales: Float32Array.of(scale), zeroPoint });

// Abramowitz and Stegun, Handbook of Mathematical Functions, table 7.1, and more digits of the same.
test.each([
  [0, 0],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [3, 0.9999779095030014],
  [4, 0.9999999845827421],
  [5.9, 1],
  [7, 1],
])('erf(%p)', (x, expected) => {
  expect(Math.abs(erf(x) - expected)).toBeLessThan(2e-15);
  expect(erf(-x)).toBe(-erf(x));
});

describe('tables hold the nearest code', () => {
  const functions: readonly [string, RealFunction, RealFunction][] = [
    ['sigmoid', sigmoid, (x) => 0.5 + 0.5 * Math.tanh(x / 2)],
    ['tanh', tanh, (x) => 1 - 2 / (Math.exp(2 * x) + 1)],
    ['gelu', gelu, geluByIntegration],
    ['tanhGelu', tanhGelu, (x) => x * sigmoid(2 * Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3))],
    ['power 2', power(2), (x) => x * x],
    ['negative', negative, (x) => 0 - x],
  ];
  test.each(functions)('%s', (_, f, reference) => {
    fc.assert(
      fc.property(scales, zeroPoints, scales, zeroPoints, (scale, zeroPoint, outScale, outZeroPoint) => {
        const table = lookUpTable(f, quantization(scale, zeroPoint), quantization(outScale, outZeroPoint));
        table.forEach((code, i) => {
          const exact = reference(scale * (i - 128 - zeroPoint)) / outScale + outZeroPoint;
          expect(Math.abs(code - Math.min(Math.max(exact, -128), 127))).toBeLessThan(0.5 + 1e-6);
        });
      }),
      { numRuns: 12, seed: 3 },
    );
  });

  test('where a function is not defined, the zero point', () => {
    const table = lookUpTable(squareRoot, quantization(1, 0), quantization(0.1, -7));
    expect([...table.subarray(0, 128)]).toEqual(new Array(128).fill(-7));
    expect([...table.subarray(128, 131)]).toEqual([-7, 3, 7]);
  });
});

/** x · Φ(x) by Simpson's rule over the density. */
function geluByIntegration(x: number): number {
  const steps = 400;
  const h = x / steps;
  let area = 0;
  for (let i = 0; i <= steps; i++) {
    const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2;
    area += weight * Math.exp(-((i * h) ** 2) / 2);
  }
  const phi = 0.5 + (area * h) / 3 / Math.sqrt(2 * Math.PI);
  return x * (Math.abs(x) > 40 ? (x > 0 ? 1 : 0) : phi);
}

test('LookUp replaces each code by that of its table', () => {
  const codes = Int8Array.from({ length: 256 }, (_, i) => 127 - i);
  const table = Int8Array.from({ length: 256 }, (_, i) => (i * 37) % 256);
  const given = { shape: [2, 128], scale: 1, zeroPoint: 0, codes };
  const out = runOne('LookUp', { function: 'Pow', table }, [given], { shape: [2, 128], scale: 1, zeroPoint: 0 });
  expect(out).toEqual([...table].reverse());
});

test('exponentials', () => {
  const table = exponentialTable(Math.LN2);
  expect([...table.subarray(0, 18)]).toEqual([
    65536, 32768, 16384, 8192, 4096, 2048, 1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1, 1,
  ]);
  expect(table[255]).toBe(0);
  expect(table).toHaveLength(256);
});
