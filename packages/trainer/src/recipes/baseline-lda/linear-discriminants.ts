/**
 * Linear discriminant analysis for many classes (Rao 1948) on principal components (as for faces: Belhumeur et al. 1997), with a
 * within-class covariance that is shrunk towards a multiple of the identity.
 */
import { Matrix } from 'ml-matrix';
import { RecipeError } from '../../recipe-error.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** A variance below this share of the whole is rounding. */
const SINGULAR = 1e-12;

export interface ClassifiedRows {
  /** One example each, all of the same length. */
  readonly rows: readonly Float32Array[];
  /** Class of each row; classes count from 0, each has at least one row. */
  readonly classes: readonly number[];
}

export interface DiscriminantOptions {
  /** Principal components on which the classes are told apart. */
  readonly components: number;
  /** Share of the multiple of the identity in the within-class covariance, 0 … 1. */
  readonly shrinkage: number;
}

/** y = (x − mean) · projection, in which the (shrunk) within-class covariance is the identity. */
export interface LinearDiscriminants {
  /** [features]. */
  readonly mean: readonly number[];
  /** [features, D], those first that tell classes apart best; D is the smaller of components and classes − 1. */
  readonly projection: Matrix;
  /** [classes, D]: y of the mean of each class. */
  readonly classMeans: Matrix;
}

/**
 * Fits the discriminants.
 *
 * @throws RecipeError for more components than features, too few rows for that many components, and rows that do not vary in
 * all of them within their classes.
 */
export function linearDiscriminants(
  { rows, classes }: ClassifiedRows,
  { components, shrinkage }: DiscriminantOptions,
): LinearDiscriminants {
  const count = new Set(classes).size;
  const features = rows[0]!.length;
  if (components > features) {
    throw new RecipeError(
      `${components} principal components are asked of ${features} features`,
      'There are as many components as features.',
    );
  }
  if (rows.length < components + count) {
    throw new RecipeError(
      `${rows.length} windows of ${count} classes do not determine ${components} principal components within them`,
      `It takes ${components + count} windows at least: fit on more or longer recordings.`,
    );
  }
  const x = new Matrix(rows.map((row) => Array.from(row)));
  const mean = x.mean('column');
  x.subRowVector(mean);
  const principal = leadingColumns(symmetricEigen(scatter(x)).vectors, components);
  const z = x.mmul(principal);

  const members = Array.from({ length: count }, (): number[] => []);
  for (const [row, own] of classes.entries()) members[own]!.push(row);
  const means = new Matrix(members.map((own) => z.subMatrixRow(own).mean('column')));
  const within = scatter(Matrix.sub(z, means.subMatrixRow([...classes]))).div(rows.length - count);
  const variance = within.trace() / components;
  const shrunk = within.mul(1 - shrinkage).add(Matrix.eye(components).mul(shrinkage * variance));
  const whitening = whiteningOf(shrunk, scatter(z).trace() / rows.length);

  const spread = means.mmul(whitening);
  const weighted = spread.clone().mulColumnVector(members.map((own) => Math.sqrt(own.length / rows.length)));
  const discriminants = symmetricEigen(scatter(weighted)).vectors;
  const rotation = leadingColumns(discriminants, Math.min(components, count - 1));
  return {
    mean,
    projection: principal.mmul(whitening).mmul(rotation),
    classMeans: spread.mmul(rotation),
  };
}

/** xᵀ · x. */
function scatter(x: Matrix): Matrix {
  return x.transpose().mmul(x);
}

function leadingColumns(matrix: Matrix, count: number): Matrix {
  return matrix.subMatrix(0, matrix.rows - 1, 0, count - 1);
}

/** V with Vᵀ · covariance · V the identity. `whole` is the variance that there is, within and between the classes. */
function whiteningOf(covariance: Matrix, whole: number): Matrix {
  const { values, vectors } = symmetricEigen(covariance);
  if (!(values.at(-1)! > SINGULAR * whole)) {
    throw new RecipeError(
      `the windows of each class do not vary in all ${values.length} principal components`,
      'Differences are measured by what varies within a class: fit on more recordings, not on copies, or shrink more.',
    );
  }
  return vectors.mulRowVector(values.map((value) => 1 / Math.sqrt(value)));
}
