/** Initialisers: their moments, their bounds, and that the source alone decides their bits. */
import type { Tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { heNormal, ones, truncatedNormal, zeros } from '../src/initial-weights.js';
import { seededSource } from './seeded-source.js';

function moments({ data }: Tensor) {
  const values = Array.from(data as Float32Array);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), largest: Math.max(...values.map(Math.abs)) };
}

test.each([
  [64, 64, 3],
  [128, 64, 1],
  [256, 3, 7],
])('He normal, [%i, %i, %i]: mean 0, variance 2 / fan-in', (...shape) => {
  const { mean, deviation } = moments(heNormal(seededSource(1), 'w', shape));
  const expected = Math.sqrt(2 / (shape[1]! * shape[2]!));
  // Four standard errors.
  const count = shape[0]! * shape[1]! * shape[2]!;
  expect(Math.abs(mean)).toBeLessThan((4 * expected) / Math.sqrt(count));
  expect(Math.abs(deviation / expected - 1)).toBeLessThan(4 / Math.sqrt(2 * count));
});

test('truncated normal: nothing beyond two deviations, and the deviation that leaves', () => {
  const { mean, deviation, largest } = moments(truncatedNormal(seededSource(2), 'w', [192, 192]));
  expect(largest).toBeLessThanOrEqual(0.04);
  expect(largest).toBeGreaterThan(0.0395);
  expect(Math.abs(mean)).toBeLessThan(0.0004);
  // sqrt(1 − 2·2·φ(2) / (Φ(2) − Φ(−2))) = 0.8796
  expect(deviation / 0.02).toBeCloseTo(0.8796, 2);
});

test('the same seed gives the same bits, another seed others', () => {
  for (const draw of [heNormal, truncatedNormal]) {
    const first = draw(seededSource(3), 'w', [16, 4, 3]);
    expect(draw(seededSource(3), 'w', [16, 4, 3])).toEqual(first);
    expect(draw(seededSource(4), 'w', [16, 4, 3]).data).not.toEqual(first.data);
  }
});

test('zeros and ones', () => {
  expect(zeros('bias', [3])).toEqual({ name: 'bias', dtype: 'float32', shape: [3], data: new Float32Array(3) });
  expect(ones('scale', [2]).data).toEqual(Float32Array.of(1, 1));
});

test('refuses a source that gives no numbers', () => {
  const broken = { uniform: () => Number.NaN, normal: () => Number.NaN };
  expect(() => heNormal(broken, 'w', [1, 2, 3])).toThrow('initializer "w": element 0 is NaN');
  expect(() => truncatedNormal(broken, 'w', [2])).toThrow('initializer "w": element 0 is NaN');
});
