/** Eigenvalues and eigenvectors against known ones, and against what defines them. */
import { expect, test } from '@jest/globals';
import { Matrix } from 'ml-matrix';
import { RandomGenerator } from '../../src/index.js';
import { symmetricEigen } from '../../src/recipes/baseline-lda/symmetric-eigen.js';

test('of a matrix whose eigenvalues are 5, 3 and −1', () => {
  const { values, vectors } = symmetricEigen(
    new Matrix([
      [1, 0, 2],
      [0, 5, 0],
      [2, 0, 1],
    ]),
  );
  for (const [i, value] of [5, 3, -1].entries()) expect(values[i]).toBeCloseTo(value, 12);
  const half = Math.SQRT1_2;
  const known = [
    [0, 1, 0],
    [half, 0, half],
    [half, 0, -half],
  ];
  known.forEach((vector, column) => {
    const found = vectors.getColumn(column);
    const cosine = vector.reduce((sum, value, i) => sum + value * found[i]!, 0);
    expect(Math.abs(cosine)).toBeCloseTo(1, 12);
  });
});

test('A · V is V · diag(values), V is orthonormal, and values fall', () => {
  const random = new RandomGenerator('eigen');
  const factor = new Matrix(Array.from({ length: 40 }, () => Array.from({ length: 40 }, () => random.normal())));
  const matrix = factor.transpose().mmul(factor);
  const { values, vectors } = symmetricEigen(matrix);
  const scale = values[0]!;
  const residual = Matrix.sub(matrix.mmul(vectors), vectors.clone().mulRowVector([...values]));
  expect(residual.abs().max()).toBeLessThan(1e-12 * scale);
  const gram = vectors.transpose().mmul(vectors);
  expect(gram.sub(Matrix.eye(40)).abs().max()).toBeLessThan(1e-12);
  for (let i = 1; i < 40; i++) expect(values[i]).toBeLessThanOrEqual(values[i - 1]!);
});
