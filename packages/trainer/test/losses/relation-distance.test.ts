/** Distillation by relations against its definition, equations (6) to (8) of Park et al. (2019), as a mean over the pairs. */
import { tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { relationDistance } from '../../src/losses/relation-distance.js';
import { expectGradients, fixed, gradientsByRules } from '../autodiff/gradient-check.js';
import { euclidean, mean, randomRows, scaled } from './formulas.js';
import { type Rows, runGraph } from './run-graph.js';

/** Distances of the ordered pairs of different rows, relative to their mean. */
function relative(rows: Rows): number[] {
  const distances = rows.flatMap((row, i) => rows.flatMap((other, j) => (i === j ? [] : [euclidean(row, other)])));
  return distances.map((distance) => distance / mean(distances));
}

const huber = (difference: number) => (Math.abs(difference) <= 1 ? difference ** 2 / 2 : Math.abs(difference) - 1 / 2);

function plain(student: Rows, teacher: Rows): number {
  const wanted = relative(teacher);
  return mean(relative(student).map((distance, index) => huber(distance - wanted[index]!)));
}

const loss = async (student: Rows, teacher: Rows) =>
  (await runGraph((g, input) => relationDistance(g, input(student), input(teacher))))[0]!;

/** Turned in the plane of the first two of three axes. */
const turned = (rows: Rows, angle: number): Rows =>
  rows.map(([x, y, z]) => [
    Math.cos(angle) * x! - Math.sin(angle) * y!,
    Math.sin(angle) * x! + Math.cos(angle) * y!,
    z!,
  ]);

const student = randomRows('student', 6, 3);
const teacher = randomRows('teacher', 6, 11);
/** Four points close together and one far away. */
const lopsided = [
  [0, 0, 0],
  [1, 0, 0],
  [0, 1, 0],
  [1, 1, 0],
  [0, 0, 12],
];
const even = [
  [3, 0, 0],
  [-3, 0, 0],
  [0, 3, 0],
  [0, -3, 0],
  [0, 0, 1],
];

describe('distance of relations', () => {
  test('compares batches of embeddings of different widths', async () => {
    expect(await loss(student, teacher)).toBeCloseTo(plain(student, teacher), 5);
  });

  test('grows linearly beyond 1', async () => {
    const differences = relative(lopsided).map((distance, index) => Math.abs(distance - relative(even)[index]!));
    expect(differences.filter((difference) => difference > 1.05).length).toBeGreaterThan(4);
    expect(differences.filter((difference) => difference < 0.95).length).toBeGreaterThan(4);
    expect(await loss(lopsided, even)).toBeCloseTo(plain(lopsided, even), 5);
  });

  test('does not change with scale, place or rotation', async () => {
    const value = await loss(student, teacher);
    expect(await loss(scaled(student, 32), teacher)).toBeCloseTo(value, 5);
    expect(await loss(student, scaled(teacher, 1 / 32))).toBeCloseTo(value, 5);
    expect(await loss(turned(student, 0.9), teacher)).toBeCloseTo(value, 5);
    const moved = student.map((row) => row.map((coordinate, axis) => coordinate + axis - 3));
    expect(await loss(moved, teacher)).toBeCloseTo(value, 5);
  });

  test('is 0 where all distances are in proportion', async () => {
    expect(await loss(turned(scaled(student, 5), 2), student)).toBeLessThan(1e-10);
    expect(await loss(student, student)).toBe(0);
  });

  test('takes embeddings that have all become one as distances of 0, without a gradient', async () => {
    const collapsed = even.map(() => [0.5, 0.5, 0.5]);
    expect(await loss(collapsed, even)).toBeCloseTo(mean(relative(even).map(huber)), 5);
    const towards = tensor('teacher', 'float32', [5, 3], even.flat());
    const [gradient] = await gradientsByRules(({ g, x }) =>
      relationDistance(g, x([5, 3], fixed(...collapsed.flat())), g.constant(towards)),
    );
    expect([...gradient!]).toEqual(new Array(15).fill(0));
  });

  test('has the gradient of its differences', async () => {
    await expectGradients({
      build: ({ g, x }) => relationDistance(g, x([5, 3], fixed(...even.flat())), x([5, 3], fixed(...lopsided.flat()))),
      precision: 'float32',
    });
  });
});
