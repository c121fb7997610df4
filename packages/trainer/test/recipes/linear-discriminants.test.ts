/** Discriminants of small cases against Fisher's closed form, and what is refused. */
import { describe, expect, test } from '@jest/globals';
import type { Matrix } from 'ml-matrix';
import { RandomGenerator, RecipeError } from '../../src/index.js';
import { linearDiscriminants } from '../../src/recipes/baseline-lda/linear-discriminants.js';

/** Rows around a mean, whose scatter is [[2.5, 1.5], [1.5, 2.5]]. */
const around = (x: number, y: number) =>
  [
    [1, 1],
    [-1, -1],
    [0.5, -0.5],
    [-0.5, 0.5],
  ].map(([dx, dy]) => Float32Array.of(x + dx!, y + dy!));

/** Means (0, 0) and (2, 0); the within-class covariance is [[5, 3], [3, 5]] / 6. */
const two = { rows: [...around(0, 0), ...around(2, 0)], classes: [0, 0, 0, 0, 1, 1, 1, 1] };

const expectUpToSign = (found: readonly number[], known: readonly number[]) => {
  const sign = Math.sign(found[0]!) * Math.sign(known[0]!);
  for (const [i, value] of known.entries()) expect(sign * found[i]!).toBeCloseTo(value, 10);
};

const squaredDistance = (matrix: Matrix, a: number, b: number) =>
  matrix.getRow(a).reduce((sum, value, i) => sum + (value - matrix.get(b, i)) ** 2, 0);

describe('two classes', () => {
  test("give Fisher's direction, the inverse covariance times the difference of the means", () => {
    const { mean, projection, classMeans } = linearDiscriminants(two, { components: 2, shrinkage: 0 });
    expect(mean).toEqual([1, 0]);
    // (5, −3) over the square root of (5, −3) · covariance · (5, −3)ᵀ, which is 40 / 3.
    const norm = Math.sqrt(40 / 3);
    expectUpToSign(projection.getColumn(0), [5 / norm, -3 / norm]);
    expect(projection.columns).toBe(1);
    expect(Math.abs(classMeans.get(1, 0) - classMeans.get(0, 0))).toBeCloseTo(10 / norm, 10);
  });

  test('give the difference of the means itself when the covariance is shrunk away', () => {
    const { projection } = linearDiscriminants(two, { components: 2, shrinkage: 1 });
    expect(Math.abs(projection.get(0, 0))).toBeCloseTo(1 / Math.sqrt(5 / 6), 10);
    expect(projection.get(1, 0)).toBeCloseTo(0, 10);
  });

  test('give the direction in between at half the shrinkage', () => {
    // The covariance is then [[10, 3], [3, 10]] / 12.
    const { projection } = linearDiscriminants(two, { components: 2, shrinkage: 0.5 });
    expect(projection.get(1, 0) / projection.get(0, 0)).toBeCloseTo(-3 / 10, 10);
  });
});

describe('three classes', () => {
  // Means along x far apart, along y a little: x tells more.
  const rows = [...around(0, 0), ...around(9, -9), ...around(18, -16)];
  const classes = rows.map((_, i) => Math.floor(i / 4));

  test('distances of their means are Mahalanobis distances', () => {
    const { classMeans, projection } = linearDiscriminants({ rows, classes }, { components: 2, shrinkage: 0 });
    expect([projection.rows, projection.columns]).toEqual([2, 2]);
    // The inverse of [[5, 3], [3, 5]] / 6 is [[15, −9], [−9, 15]] / 8.
    const mahalanobis = (x: number, y: number) => (15 * x * x - 18 * x * y + 15 * y * y) / 8;
    expect(squaredDistance(classMeans, 0, 1)).toBeCloseTo(mahalanobis(9, -9), 7);
    expect(squaredDistance(classMeans, 1, 2)).toBeCloseTo(mahalanobis(9, -7), 7);
    expect(squaredDistance(classMeans, 0, 2)).toBeCloseTo(mahalanobis(18, -16), 7);
  });

  test('the first discriminant tells them apart best', () => {
    const { classMeans } = linearDiscriminants({ rows, classes }, { components: 2, shrinkage: 0 });
    const spread = (column: number) => classMeans.getColumn(column).reduce((sum, value) => sum + value * value, 0);
    expect(spread(0)).toBeGreaterThan(100 * spread(1));
  });
});

test('components beyond those that are asked for do not count', () => {
  // Noise of a hundredth in a third feature, which alone tells the classes apart.
  const random = new RandomGenerator('components');
  const classes = Array.from({ length: 60 }, (_, i) => i % 2);
  const rows = classes.map((own) =>
    Float32Array.of(5 * random.normal(), random.normal(), 0.01 * (own + 0.1 * random.normal())),
  );
  const apart = (components: number) =>
    Math.sqrt(squaredDistance(linearDiscriminants({ rows, classes }, { components, shrinkage: 0 }).classMeans, 0, 1));
  expect(apart(3)).toBeGreaterThan(6);
  expect(apart(2)).toBeLessThan(1);
});

describe('refuses', () => {
  const error = (fit: () => unknown): RecipeError => {
    try {
      fit();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(RecipeError);
      return thrown as RecipeError;
    }
    throw new Error('nothing was refused');
  };

  test('more components than features', () => {
    const { message } = error(() => linearDiscriminants(two, { components: 3, shrinkage: 0 }));
    expect(message).toBe('3 principal components are asked of 2 features');
  });

  test('too few windows for the components', () => {
    const few = { rows: two.rows.slice(3, 6), classes: [0, 1, 1] };
    const { message, hint } = error(() => linearDiscriminants(few, { components: 2, shrinkage: 0 }));
    expect(message).toBe('3 windows of 2 classes do not determine 2 principal components within them');
    expect(hint).toContain('4 windows at least');
  });

  test.each([0, 0.5])('copies of one window for each class (shrinkage %d)', (shrinkage) => {
    const rows = [0, 0, 0, 1, 1, 1, 2, 2, 2].map((own) => Float32Array.of(own, own * own));
    const classes = [0, 0, 0, 1, 1, 1, 2, 2, 2];
    const { message } = error(() => linearDiscriminants({ rows, classes }, { components: 2, shrinkage }));
    expect(message).toBe('the windows of each class do not vary in all 2 principal components');
  });
});
