/** Triplets that a teacher chooses: the student's distances against the definition. */
import { tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { batchHardTriplet } from '../../src/losses/batch-hard-triplet.js';
import { taughtTriplet } from '../../src/losses/taught-triplet.js';
import { type Build, expectGradients, fixed, gradientsByRules } from '../autodiff/gradient-check.js';
import { euclidean, mean, randomRows, scaled } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

/** Of each anchor: max(0, margin + student's distance to the teacher's farthest of its class − to its nearest of another). */
function hinges(student: Rows, teacher: Rows, labels: readonly number[], margin: number): number[] {
  return student.map((anchor, index) => {
    const byTeacher = (isWanted: (label: number) => boolean) =>
      [...labels.keys()]
        .filter((other) => isWanted(labels[other]!))
        .sort((a, b) => euclidean(teacher[index]!, teacher[a]!) - euclidean(teacher[index]!, teacher[b]!));
    const farthest = byTeacher((label) => label === labels[index]).at(-1)!;
    const nearest = byTeacher((label) => label !== labels[index])[0]!;
    return Math.max(0, margin + euclidean(anchor, student[farthest]!) - euclidean(anchor, student[nearest]!));
  });
}

const loss = async (student: Rows, teacher: Rows, labels: readonly number[], margin: number) =>
  (await runGraph((g, input) => taughtTriplet(g, input(student), input(teacher), g.int64(labels), margin)))[0]!;

const ofNormOne = (rows: Rows): Rows => rows.map((row) => row.map((value) => Math.fround(value / Math.hypot(...row))));

/** P classes × K examples. */
const balanced = (p: number, k: number) => Array.from({ length: p * k }, (_, index) => Math.floor(index / k));

describe('taught triplet loss', () => {
  test.each([
    [4, 4, 0.3],
    [3, 2, 1],
    [2, 5, 0],
    [5, 1, 2],
  ])('of %i classes × %i examples, margin %d', async (p, k, margin) => {
    const student = ofNormOne(randomRows(`student ${p}×${k}`, p * k, 4));
    const teacher = ofNormOne(randomRows(`teacher ${p}×${k}`, p * k, 9));
    const labels = balanced(p, k);
    const expected = mean(hinges(student, teacher, labels, margin));
    expect(expected).toBeGreaterThan(0);
    expect(await loss(student, teacher, labels, margin)).toBeCloseTo(expected, 5);
    // The student's own hardest triplets are others, and harder.
    const [own] = await runGraph((g, input) => batchHardTriplet(g, input(student), g.int64(labels), margin));
    expect(own!).toBeGreaterThan(expected + 0.01);
  });

  test('is the batch-hard loss of a student who finds the same triplets hardest', async () => {
    const student = ofNormOne(randomRows('alike', 12, 5));
    const [own] = await runGraph((g, input) => batchHardTriplet(g, input(student), g.int64(balanced(4, 3)), 0.3));
    expect(await loss(student, student, balanced(4, 3), 0.3)).toBeCloseTo(own!, 6);
  });

  test('does not depend on the order of the batch, nor on the numbers of the classes', async () => {
    const [student, teacher] = [randomRows('student', 8, 3), randomRows('teacher', 8, 5)];
    const order = [5, 0, 7, 2, 1, 6, 3, 4];
    const inOrder = (rows: Rows) => order.map((index) => rows[index]!);
    const labels = order.map((index) => 1000 - 7 * balanced(4, 2)[index]!);
    const mixed = await loss(inOrder(student), inOrder(teacher), labels, 0.5);
    expect(mixed).toBeCloseTo(await loss(student, teacher, balanced(4, 2), 0.5), 6);
  });

  test('takes the examples that the teacher means, by hand', async () => {
    // For the teacher 2 is the nearest stranger of 0 and 1, and 0 that of 2 and 3.
    const teacher = [[0], [-1], [5], [9]];
    const student = [
      [0, 0],
      [0, 3],
      [4, 0],
      [4, 1],
    ];
    // Hinges 1 + 3 − 4, 1 + 3 − 5, 1 + 1 − 4 and 1 + 1 − √17; a margin of 5 adds 4 to each.
    expect(await loss(student, teacher, [0, 0, 1, 1], 1)).toBe(0);
    expect(await loss(student, teacher, [0, 0, 1, 1], 5)).toBeCloseTo((4 + 3 + 2 + 6 - Math.sqrt(17)) / 4, 5);
  });

  /** Far enough apart for differences; no hinge is near the margins below. */
  const points = scaled(randomRows('points', 6, 3), 3);
  const known = ofNormOne(randomRows('known', 6, 4));
  const labels = balanced(3, 2);
  const build =
    (margin: number): Build =>
    ({ g, x }) =>
      taughtTriplet(
        g,
        x([6, 3], fixed(...points.flat())),
        g.constant(tensor('known', 'float32', [6, 4], known.flat())),
        g.int64(labels),
        margin,
      );

  test.each([
    ['all', 20, 6],
    ['some', 3.4, 3],
  ])('has the gradient of its differences where %s anchors count', async (_, margin, counting) => {
    const active = hinges(points, known, labels, margin).filter((hinge) => hinge > 0);
    expect(active).toHaveLength(counting);
    await expectGradients({ build: build(margin), precision: 'float32' });
  });

  test('has no gradient by the teacher', async () => {
    const [student, teacher] = await gradientsByRules(({ g, x }) =>
      taughtTriplet(g, x([6, 3], fixed(...points.flat())), x([6, 4], fixed(...known.flat())), g.int64(labels), 20),
    );
    expect(student!.some((element) => element !== 0)).toBe(true);
    expect(teacher).toBeUndefined();
  });

  test('is the margin for embeddings that have all become one, without a gradient', async () => {
    const collapsed = known.map(() => [0.5, 0.5, 0.5]);
    expect(await loss(collapsed, known, labels, 0.25)).toBe(0.25);
    const [gradient] = await gradientsByRules(({ g, x }) =>
      taughtTriplet(
        g,
        x([6, 3], fixed(...collapsed.flat())),
        g.constant(tensor('known', 'float32', [6, 4], known.flat())),
        g.int64(labels),
        0.25,
      ),
    );
    expect([...gradient!]).toEqual(new Array(18).fill(0));
  });
});
