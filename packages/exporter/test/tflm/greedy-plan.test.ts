/** The greedy plan, worked out by hand. */
import { expect, test } from '@jest/globals';
import { greedyBytes } from '../../src/backends/tflm/greedy-plan.js';

const block = (name: string, bytes: number, first: number, last: number) => ({ name, bytes, first, last });

test('what does not live together lies at the same place', () => {
  expect(greedyBytes([block('a', 100, 0, 1), block('b', 60, 2, 3)], 4)).toBe(100);
});

test('what lives together lies side by side, each aligned', () => {
  expect(greedyBytes([block('a', 33, 0, 1), block('b', 20, 1, 2)], 16)).toBe(48 + 32);
});

test('a small one goes into the gap between larger ones', () => {
  const blocks = [block('a', 64, 0, 1), block('b', 64, 0, 4), block('c', 32, 2, 4)];
  expect(greedyBytes(blocks, 16)).toBe(128);
});

test('one that lives throughout comes behind all that do not live together', () => {
  const blocks = [block('a', 48, 0, 1), block('b', 32, 1, 2), block('c', 64, 2, 3), block('d', 16, 0, 3)];
  expect(greedyBytes(blocks, 16)).toBe(64 + 32 + 16);
});
