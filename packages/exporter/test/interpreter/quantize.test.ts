/** Codes and real numbers. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dequantize, quantize, roundHalfAwayFromZero } from '../../src/integer/quantize.js';
import { count, scales, shapes, zeroPoints } from './one-operation.js';

const one = (scale: number, zeroPoint: number) => ({
  shape: [1],
  quantization: { scales: Float32Array.of(scale), zeroPoint },
});

test('every code comes back', () => {
  const codes = Int8Array.from({ length: 256 }, (_, i) => i - 128);
  fc.assert(
    fc.property(scales, zeroPoints, (scale, zeroPoint) => {
      expect(quantize(dequantize(codes, one(scale, zeroPoint)), one(scale, zeroPoint))).toEqual(codes);
    }),
    { seed: 1 },
  );
});

test('halves go away from zero, whatever the zero point', () => {
  const reals = Float32Array.of(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5);
  expect([...quantize(reals, one(1, 0))]).toEqual([-3, -2, -1, 1, 2, 3]);
  expect([...quantize(reals, one(1, -100))]).toEqual([-103, -102, -101, -99, -98, -97]);
  expect(roundHalfAwayFromZero(0.5 - 2 ** -54)).toBe(0);
});

test('clamps, and takes what is no number for zero', () => {
  const reals = Float32Array.of(1e30, -1e30, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN);
  expect([...quantize(reals, one(0.1, 5))]).toEqual([127, -128, 127, -128, 5]);
});

test('the quotient is rounded to float32 before it is rounded to an integer', () => {
  // In doubles x / scale lies just below 2.5; the nearest float32 is 2.5.
  const scale = Math.fround(0.1);
  const x = [...Array(2000).keys()].map((i) => Math.fround(2.5 * scale * (1 + (i - 1000) * 2 ** -24)));
  const expected = x.map((value) => Math.round(Math.fround(value / scale)));
  expect([...quantize(Float32Array.from(x), one(scale, 0))]).toEqual(expected);
  expect(x.some((value) => value / scale < 2.5 && Math.fround(value / scale) === 2.5)).toBe(true);
});

test('one scale for each channel, along any axis', () => {
  fc.assert(
    fc.property(shapes(1, 4), fc.nat(3), (shape, chosen) => {
      const axis = chosen % shape.length;
      const channelScales = Float32Array.from({ length: shape[axis]! }, (_, c) => 2 ** -c);
      const tensor = { shape, quantization: { scales: channelScales, zeroPoint: 0, axis } };
      const codes = new Int8Array(count(shape)).fill(64);
      const reals = dequantize(codes, tensor);
      const inner = count(shape.slice(axis + 1));
      reals.forEach((real, i) => {
        expect(real).toBe(64 * 2 ** -(Math.floor(i / inner) % shape[axis]!));
      });
      expect(quantize(reals, tensor)).toEqual(codes);
    }),
    { seed: 2 },
  );
});
