/** Cross-entropy, of one class and of several, and accuracy against their definitions. */
import { tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { NO_LABEL } from '../../src/losses/class-targets.js';
import { accuracy, crossEntropy, sharedCrossEntropy } from '../../src/losses/cross-entropy.js';
import { expectGradients, gradientsByRules } from '../autodiff/gradient-check.js';
import { mean, randomRows, scaled, softmax } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

const logits = scaled(randomRows('logits', 5, 4), 2);
const labels = [2, 0, 3, 3, 1];

/** −Σ q · ln p with q = (1 − ε) · one-hot + ε / K (Szegedy et al. 2016, section 7), over the rows with a label. */
function plain(rows: Rows, classes: readonly number[], smoothing: number): number {
  const terms = rows.flatMap((row, index) => {
    if (classes[index] === NO_LABEL) return [];
    const q = row.map((_, k) => (k === classes[index] ? 1 - smoothing : 0) + smoothing / row.length);
    return softmax(row).reduce((sum, p, k) => sum - q[k]! * Math.log(p), 0);
  });
  return mean(terms);
}

const loss = async (rows: Rows, classes: readonly number[], smoothing: number) =>
  (await runGraph((g, input) => crossEntropy(g, input(rows), g.int64(classes), { smoothing })))[0]!;

describe('cross-entropy', () => {
  test.each([0, 0.1, 0.5, 1])('is that of the smoothed target, ε = %d', async (smoothing) => {
    expect(await loss(logits, labels, smoothing)).toBeCloseTo(plain(logits, labels, smoothing), 5);
  });

  test('is ln K where nothing is known', async () => {
    for (const smoothing of [0, 0.1]) {
      expect(await loss([[3, 3, 3, 3, 3, 3, 3]], [4], smoothing)).toBeCloseTo(Math.log(7), 6);
    }
  });

  test.each([0, 0.1])('does not count rows without a label, ε = %d', async (smoothing) => {
    const some = [2, NO_LABEL, 3, NO_LABEL, 1];
    const value = await loss(logits, some, smoothing);
    expect(value).toBeCloseTo(plain(logits, some, smoothing), 5);
    expect(value).toBe(await loss([logits[0]!, logits[2]!, logits[4]!], [2, 3, 1], smoothing));
  });

  test('is 0 for a batch without any label, and so is its gradient', async () => {
    const none = labels.map(() => NO_LABEL);
    expect(await loss(logits, none, 0.1)).toBe(0);
    const [gradient] = await gradientsByRules(({ g, x }) => crossEntropy(g, x([5, 4]), g.int64(none)));
    expect([...gradient!]).toEqual(new Array(20).fill(0));
  });

  test('stays finite for scores that float32 cannot exponentiate', async () => {
    expect(await loss([[1000, 0, -1000]], [1], 0)).toBe(1000);
  });

  test.each([0, 0.1])('has the gradient of its differences, ε = %d', async (smoothing) => {
    await expectGradients({
      build: ({ g, x }) => crossEntropy(g, x([5, 4]), g.int64([2, 0, NO_LABEL, 3, 1]), { smoothing }),
      precision: 'float32',
    });
  });
});

describe('cross-entropy of examples that are of several classes', () => {
  /** Of two classes, of one, of none, of four and of two. */
  const shares = [
    [0.75, 0, 0.25, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 0],
    [0.25, 0.25, 0.25, 0.25],
    [0, 0, 0.375, 0.625],
  ];

  /** −Σ q · ln p with q = (1 − ε) · share + ε / K, over the rows that have a share. */
  function ofShares(rows: Rows, of: Rows, smoothing: number): number {
    const terms = rows.flatMap((row, index) => {
      if (of[index]!.every((share) => share === 0)) return [];
      const q = of[index]!.map((share) => (1 - smoothing) * share + smoothing / row.length);
      return softmax(row).reduce((sum, p, k) => sum - q[k]! * Math.log(p), 0);
    });
    return mean(terms);
  }

  const sharedLoss = async (rows: Rows, of: Rows, smoothing: number) =>
    (await runGraph((g, input) => sharedCrossEntropy(g, input(rows), input(of), { smoothing })))[0]!;

  test.each([0, 0.1, 0.5, 1])('is that of the smoothed shares, ε = %d', async (smoothing) => {
    expect(await sharedLoss(logits, shares, smoothing)).toBeCloseTo(ofShares(logits, shares, smoothing), 5);
  });

  test.each([0, 0.1])('is the cross-entropy of labels where all are of one class, ε = %d', async (smoothing) => {
    const oneHot = labels.map((label) => [0, 1, 2, 3].map((k) => Number(k === label)));
    expect(await sharedLoss(logits, oneHot, smoothing)).toBe(await loss(logits, labels, smoothing));
  });

  test.each([0, 0.1])('does not count rows whose shares are 0, ε = %d', async (smoothing) => {
    const without = <T>(rows: readonly T[]) => rows.filter((_, index) => index !== 2);
    const value = await sharedLoss(logits, shares, smoothing);
    expect(value).toBeCloseTo(await sharedLoss(without(logits), without(shares), smoothing), 6);
    const another = logits.map((row, index) => (index === 2 ? [9, -9, 9, 0] : row));
    expect(await sharedLoss(another, shares, smoothing)).toBe(value);
    expect(await sharedLoss(logits, scaled(shares, 0), smoothing)).toBe(0);
  });

  test.each([0, 0.1])('has the gradient of its differences, ε = %d', async (smoothing) => {
    const constant = tensor('shares', 'float32', [5, 4], shares.flat());
    await expectGradients({
      build: ({ g, x }) => sharedCrossEntropy(g, x([5, 4]), g.constant(constant), { smoothing }),
      precision: 'float32',
    });
  });
});

describe('accuracy', () => {
  const hits = (classes: readonly number[]) => runGraph((g, input) => accuracy(g, input(logits), g.int64(classes)));
  const best = logits.map((row) => row.indexOf(Math.max(...row)));
  const other = best.map((index) => (index + 1) % 4);

  test('is the share of labelled rows whose highest score is right', async () => {
    expect(await hits(best)).toEqual([1]);
    expect(await hits(other)).toEqual([0]);
    expect((await hits([best[0]!, other[1]!, best[2]!, other[3]!, other[4]!]))[0]).toBeCloseTo(2 / 5, 6);
    expect(await hits([best[0]!, NO_LABEL, other[2]!, NO_LABEL, NO_LABEL])).toEqual([0.5]);
  });

  test('is 0 where no row is labelled', async () => {
    expect(await hits(labels.map(() => NO_LABEL))).toEqual([0]);
  });
});
