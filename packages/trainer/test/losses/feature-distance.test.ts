/** Distillation by features against its definition: rows of norm 1, squared Euclidean distance, mean over the batch. */
import { tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { featureDistance } from '../../src/losses/feature-distance.js';
import { expectGradients, gradientsByRules } from '../autodiff/gradient-check.js';
import { euclidean, mean, randomRows, scaled } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

const student = randomRows('student', 5, 7);
const teacher = randomRows('teacher', 5, 7);

const ofNormOne = (row: readonly number[]) => row.map((value) => value / Math.hypot(...row));
const plain = (from: Rows, to: Rows) =>
  mean(from.map((row, index) => euclidean(ofNormOne(row), ofNormOne(to[index]!)) ** 2));
const loss = async (from: Rows, to: Rows) =>
  (await runGraph((g, input) => featureDistance(g, input(from), input(to))))[0]!;

describe('distance of features', () => {
  test('is that of the rows scaled to norm 1', async () => {
    expect(await loss(student, teacher)).toBeCloseTo(plain(student, teacher), 5);
  });

  test('does not change with the size of either', async () => {
    const value = await loss(student, teacher);
    expect(await loss(scaled(student, 64), teacher)).toBeCloseTo(value, 6);
    expect(await loss(student, scaled(teacher, 1 / 64))).toBeCloseTo(value, 6);
  });

  test('is 0 for the same direction and 4 for the opposite one', async () => {
    expect(await loss(student, scaled(student, 4))).toBeCloseTo(0, 6);
    expect(await loss(student, scaled(student, -4))).toBeCloseTo(4, 5);
  });

  test('takes features of nothing but zeros as they are', async () => {
    const silent = scaled(student, 0);
    expect(await loss(silent, teacher)).toBeCloseTo(1, 5);
    const towards = tensor('teacher', 'float32', [5, 7], teacher.flat());
    const zeros = (count: number) => new Array<number>(count).fill(0);
    const [gradient] = await gradientsByRules(({ g, x }) => featureDistance(g, x([5, 7], zeros), g.constant(towards)));
    expect(gradient!.every((element) => element === 0)).toBe(true);
  });

  test('has the gradient of its differences', async () => {
    const large = (count: number) => Array.from({ length: count }, (_, index) => 3 * Math.sin(1 + 2 * index));
    await expectGradients({
      build: ({ g, x }) => featureDistance(g, x([3, 4], large), x([3, 4])),
      precision: 'float32',
    });
  });
});
