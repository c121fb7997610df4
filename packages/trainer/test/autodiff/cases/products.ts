import type { Build, CasesOf } from '../gradient-check.js';

const product =
  (a: number[], b: number[]): Build =>
  ({ g, x }) =>
    g.matMul(x(a), x(b));

const flags = [false, true];
const summands = [undefined, [3, 4], [4], [3, 1], [1, 4], [1], []];

export const products: CasesOf<'MatMul' | 'Gemm'> = {
  MatMul: {
    matrices: product([2, 3], [3, 4]),
    'a batch times a matrix': product([2, 5, 3], [3, 4]),
    'batches of batches times a matrix': product([2, 2, 2, 3], [3, 4]),
    'a matrix times a batch': product([2, 3], [4, 3, 2]),
    'batches of one size': product([4, 2, 3], [4, 3, 2]),
    'a batch of one': product([1, 2, 3], [4, 3, 2]),
    'batches broadcast both ways': product([2, 1, 2, 3], [3, 3, 2]),
    'four dimensions': product([2, 3, 2, 4], [2, 3, 4, 2]),
    'a vector on the left': product([3], [3, 4]),
    'a vector left of a batch': product([3], [2, 3, 4]),
    'a vector on the right': product([2, 3], [3]),
    'a vector right of a batch': product([2, 4, 3], [3]),
    'two vectors': product([5], [5]),
  },
  Gemm: Object.fromEntries(
    flags.flatMap((transA) =>
      flags.flatMap((transB) =>
        summands.map((shape, index): [string, Build] => [
          `transA ${transA}, transB ${transB}, C ${shape ? `[${shape}]` : 'left out'}`,
          ({ g, x }) => {
            const [a, b] = [x(transA ? [5, 3] : [3, 5]), x(transB ? [4, 5] : [5, 4])];
            const scales = index % 2 === 0 ? { alpha: 0.5, beta: -2 } : {};
            return shape
              ? g.gemm(a, b, x(shape), { transA, transB, ...scales })
              : g.gemm(a, b, { transA, transB, ...scales });
          },
        ]),
      ),
    ),
  ),
};
