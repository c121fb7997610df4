/** Distillation by soft labels against its definition (Hinton, Vinyals and Dean 2015, section 2). */
import { tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { softLabelDivergence } from '../../src/losses/soft-labels.js';
import { expectGradients, fixed, gradientsByRules } from '../autodiff/gradient-check.js';
import { mean, randomRows, scaled, softmax } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

const student = scaled(randomRows('student', 4, 5), 2);
const teacher = scaled(randomRows('teacher', 4, 5), 3);

/** T² times the mean Kullback–Leibler divergence of the student's softened probabilities from the teacher's. */
function plain(from: Rows, to: Rows, temperature: number): number {
  const divergences = from.map((row, index) => {
    const p = softmax(to[index]!.map((score) => score / temperature));
    const q = softmax(row.map((score) => score / temperature));
    return p.reduce((sum, probability, k) => sum + probability * Math.log(probability / q[k]!), 0);
  });
  return temperature ** 2 * mean(divergences);
}

const loss = async (from: Rows, to: Rows, temperature: number) =>
  (await runGraph((g, input) => softLabelDivergence(g, input(from), input(to), temperature)))[0]!;

describe('divergence of soft labels', () => {
  test.each([1, 2, 4, 0.5])('at the temperature %d', async (temperature) => {
    expect(await loss(student, teacher, temperature)).toBeCloseTo(plain(student, teacher, temperature), 4);
  });

  test('is 0 for equal scores, and for those that differ by a constant', async () => {
    expect(await loss(student, student, 3)).toBe(0);
    expect(
      Math.abs(
        await loss(
          student,
          student.map((row) => row.map((score) => score + 2)),
          3,
        ),
      ),
    ).toBeLessThan(1e-5);
  });

  test('is positive otherwise, and not the same the other way round', async () => {
    const forth = await loss(student, teacher, 2);
    const back = await loss(teacher, student, 2);
    expect(forth).toBeGreaterThan(0.1);
    expect(back).toBeGreaterThan(0.1);
    expect(Math.abs(forth - back)).toBeGreaterThan(0.01);
  });

  test.each([1, 4])('has the gradient of its differences at the temperature %d', async (temperature) => {
    const towards = tensor('teacher', 'float32', [4, 5], teacher.flat());
    await expectGradients({
      build: ({ g, x }) => softLabelDivergence(g, x([4, 5]), g.constant(towards), temperature),
      precision: 'float32',
    });
  });

  test('has gradients that keep their size as the temperature rises: (z − v) / classes, of scores centred', async () => {
    const z = [0.5, -1, 1, -0.5];
    const v = [-0.25, 1, -1, 0.25];
    const gradientAt = async (temperature: number) => {
      // Its cotangent is that of every scalar; the ratio of the gradients is free of it.
      const [gradient] = await gradientsByRules(({ g, x }) =>
        softLabelDivergence(g, x([1, 4], fixed(...z)), g.constant(tensor('v', 'float32', [1, 4], v)), temperature),
      );
      return [...gradient!];
    };
    const [warm, hot] = [await gradientAt(10), await gradientAt(20)];
    const reference = z.map((score, k) => (score - v[k]!) / 4);
    const cotangent = hot[1]! / reference[1]!;
    reference.forEach((expected, k) => {
      expect(Math.abs(warm[k]! / cotangent - expected)).toBeLessThan(0.02);
      expect(Math.abs(hot[k]! / cotangent - expected)).toBeLessThan(0.01);
    });
  });
});
