/** The batch-hard triplet loss against its definition, equation (5) of Hermans, Beyer and Leibe (2017). */
import { describe, expect, test } from '@jest/globals';
import { batchHardTriplet } from '../../src/losses/batch-hard-triplet.js';
import { type Build, expectGradients, fixed, gradientsByRules } from '../autodiff/gradient-check.js';
import { euclidean, mean, randomRows } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

/** Over every anchor: the farthest of its class (itself, where it stands alone) against the nearest of any other. */
function plain(rows: Rows, labels: readonly number[], margin: number): number {
  return mean(
    rows.map((anchor, index) => {
      const of = (isWanted: (label: number) => boolean) =>
        rows.filter((_, other) => isWanted(labels[other]!)).map((row) => euclidean(anchor, row));
      const positive = Math.max(...of((label) => label === labels[index]));
      const negative = Math.min(...of((label) => label !== labels[index]));
      return Math.max(0, margin + positive - negative);
    }),
  );
}

const loss = async (rows: Rows, labels: readonly number[], margin: number) =>
  (await runGraph((g, input) => batchHardTriplet(g, input(rows), g.int64(labels), margin)))[0]!;

/** P classes × K examples. */
const balanced = (p: number, k: number) => Array.from({ length: p * k }, (_, index) => Math.floor(index / k));

describe('batch-hard triplet loss', () => {
  test.each([
    [4, 4, 0.3],
    [3, 2, 1],
    [2, 5, 0],
    [5, 1, 4],
  ])('of %i classes × %i examples, margin %d', async (p, k, margin) => {
    const rows = randomRows(`${p}×${k}`, p * k, 6);
    const expected = plain(rows, balanced(p, k), margin);
    expect(expected).toBeGreaterThan(0);
    expect(await loss(rows, balanced(p, k), margin)).toBeCloseTo(expected, 5);
  });

  test('does not depend on the order of the batch, nor on the numbers of the classes', async () => {
    const rows = randomRows('order', 8, 3);
    const order = [5, 0, 7, 2, 1, 6, 3, 4];
    const labels = balanced(4, 2);
    const mixed = await loss(
      order.map((index) => rows[index]!),
      order.map((index) => 1000 - 7 * labels[index]!),
      0.5,
    );
    expect(mixed).toBeCloseTo(await loss(rows, labels, 0.5), 6);
  });

  test('is 0 once every class is farther from the others than from itself by the margin', async () => {
    const rows = [
      [0, 0],
      [0, 1],
      [10, 0],
      [10, 1],
    ];
    expect(await loss(rows, [0, 0, 1, 1], 8.9)).toBe(0);
    expect(await loss(rows, [0, 0, 1, 1], 9.5)).toBeCloseTo(0.5, 5);
  });

  test('takes an example that stands alone as an anchor whose positive is itself', async () => {
    const rows = [
      [0, 0],
      [3, 4],
      [0, 1],
    ];
    // Anchors: 2 + 5 − 1, 2 + 5 − √18, and the lone one 2 + 0 − 1.
    expect(await loss(rows, [0, 0, 1], 2)).toBeCloseTo((6 + 7 - Math.sqrt(18) + 1) / 3, 5);
  });

  test('is 0 where there is one class alone', async () => {
    expect(await loss(randomRows('one', 4, 3), [3, 3, 3, 3], 1)).toBe(0);
  });

  test('is the margin for embeddings that have all become one, without a gradient', async () => {
    const collapsed = new Array<number>(12).fill(0.7);
    const build: Build = ({ g, x }) => batchHardTriplet(g, x([4, 3], fixed(...collapsed)), g.int64([0, 0, 1, 1]), 0.25);
    expect(await loss(new Array(4).fill([0.7, 0.7, 0.7]), [0, 0, 1, 1], 0.25)).toBe(0.25);
    const [gradient] = await gradientsByRules(build);
    expect([...gradient!]).toEqual(new Array(12).fill(0));
  });

  /** Farthest and nearest are told apart by more than the differences move; the last class is too far off to count. */
  const points = [0, 0, 2, 0.5, 1, 2.2, -2.5, 2.5, 9, 9, 9.3, 8];

  test('has the gradient of its differences', async () => {
    await expectGradients({
      build: ({ g, x }) => batchHardTriplet(g, x([6, 2], fixed(...points)), g.int64([0, 0, 1, 1, 2, 2]), 1),
      precision: 'float32',
    });
  });

  test('has the gradient of its differences with an example that stands alone', async () => {
    await expectGradients({
      build: ({ g, x }) => batchHardTriplet(g, x([4, 2], fixed(...points.slice(0, 8))), g.int64([0, 0, 1, 2]), 3),
      precision: 'float32',
    });
  });
});
