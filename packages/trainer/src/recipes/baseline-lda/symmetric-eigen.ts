/** Eigenvalues of symmetric matrices in the order in which analyses want them. */
import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';

export interface SymmetricEigen {
  /** The largest first. */
  readonly values: readonly number[];
  /** Their eigenvectors as columns, of length 1. */
  readonly vectors: Matrix;
}

/** Of a square matrix of which only rounding keeps it from being symmetric. */
export function symmetricEigen(matrix: Matrix): SymmetricEigen {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, index) => index).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    values: order.map((index) => realEigenvalues[index]!),
    vectors: eigenvectorMatrix.subMatrixColumn(order),
  };
}
