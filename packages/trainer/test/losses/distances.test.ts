/** Distances between the rows of a batch. */
import { describe, expect, test } from '@jest/globals';
import { pairwiseDistances } from '../../src/losses/distances.js';
import { expectGradients, fixed, gradientsByRules } from '../autodiff/gradient-check.js';
import { euclidean, randomRows, scaled } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

const distances = (rows: Rows) => runGraph((g, input) => pairwiseDistances(g, input(rows)));
const plain = (rows: Rows) => rows.flatMap((row) => rows.map((other) => euclidean(row, other)));

describe('pairwise distances', () => {
  test.each([1, 0.01, 100])('are Euclidean, rows of scale %d', async (scale) => {
    const rows = scaled(randomRows('rows', 6, 8), scale).map((row) => row.map(Math.fround));
    const found = await distances(rows);
    plain(rows).forEach((distance, index) => {
      expect(Math.abs(found[index]! - distance)).toBeLessThan(2e-6 * scale);
    });
  });

  test.each([1, 30])('of a row from itself and its equals are 0, rows of scale %d', async (scale) => {
    const rows = scaled(randomRows('equal', 7, 33), scale).map((row) => row.map(Math.fround));
    const withEqual = [...rows, rows[2]!];
    const found = await distances(withEqual);
    const width = withEqual.length;
    for (let row = 0; row < width; row++) expect(found[row * width + row]).toBe(0);
    expect(found[2 * width + 7]).toBe(0);
    expect(found[7 * width + 2]).toBe(0);
    expect(found.filter((distance) => distance === 0)).toHaveLength(width + 2);
  });

  test('of neighbours far from the origin keep their digits', async () => {
    const far = [
      [64, -64, 64],
      [64, -64, 64.015625],
    ];
    expect((await distances(far))[1]).toBe(0.015625);
  });

  test('have the gradient of their differences', async () => {
    const corners = fixed(2, 0, 0, -2, 1, 0, 0, 3, -1, 1, -2, 2.5);
    await expectGradients({ build: ({ g, x }) => pairwiseDistances(g, x([4, 3], corners)), precision: 'float32' });
  });

  test('between equal rows have no gradient, and those to others keep theirs', async () => {
    const rows = fixed(1.25, 0.5, 1.25, 0.5, -2.75, 3.5);
    const [gradient] = await gradientsByRules(({ g, x }) => pairwiseDistances(g, x([3, 2], rows)));
    // With the same points apart by less than float32 tells, all pulls but those between them are the same.
    const parted = fixed(1.25, 0.5, 1.25, 0.5000001, -2.75, 3.5);
    const [nearby] = await gradientsByRules(({ g, x }) => pairwiseDistances(g, x([3, 2], parted)));
    const towardsThird = [0, 1].map((axis) => gradient![axis]! + gradient![2 + axis]!);
    expect(towardsThird[0]! / towardsThird[1]!).toBeCloseTo(4 / -3, 5);
    for (const axis of [0, 1]) {
      expect(gradient![4 + axis]).toBeCloseTo(-towardsThird[axis]!, 5);
      expect(nearby![4 + axis]).toBeCloseTo(gradient![4 + axis]!, 5);
      expect(nearby![axis]! + nearby![2 + axis]!).toBeCloseTo(towardsThird[axis]!, 5);
    }
  });
});
