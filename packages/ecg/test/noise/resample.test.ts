import { expect, test } from '@jest/globals';
import { resample } from '../../src/index.js';

const sine = (length: number, rate: number, frequency: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * frequency * i) / rate));

test.each([
  [360, 200],
  [200, 360],
  [497.3, 250],
])('a sine keeps its time and amplitude from %d to %d Hz', (from, to) => {
  const resampled = resample(sine(Math.round(10 * from), from, 17), from, to);
  const expected = sine(resampled.length, to, 17);
  expect(resampled.length).toBe(Math.round((Math.round(10 * from) * to) / from));
  for (let i = 50; i < resampled.length - 50; i++) expect(Math.abs(resampled[i]! - expected[i]!)).toBeLessThan(5e-3);
});

test('what the new rate cannot hold is gone', () => {
  const resampled = resample(sine(3600, 360, 150), 360, 200);
  for (let i = 50; i < resampled.length - 50; i++) expect(Math.abs(resampled[i]!)).toBeLessThan(5e-3);
});

test('a constant stays one to its ends, and the same rate gives the same samples', () => {
  const constant = new Float32Array(100).fill(0.7);
  for (const value of resample(constant, 360, 250)) expect(value).toBeCloseTo(0.7, 6);
  expect(resample(constant, 360, 360)).toBe(constant);
});
