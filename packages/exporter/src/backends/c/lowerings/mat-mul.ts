/** The product of two activations, read and written where they lie as far as rows are without gaps. */
import { matMulMultiplier } from '../../../integer/multipliers.js';
import type { LoweringContext } from '../lowering-context.js';
import { parameters, read, write } from '../program/step.js';
import { lastTwoSwapped } from '../views/preferred-orders.js';
import { natural, type Order, type View } from '../views/view.js';
import { codeRange, rescaling } from './code-range.js';
import type { Lowering } from './lowering.js';

export const lowerMatMul: Lowering<'MatMul'> = (context, operation) => {
  const operands = context.operands(operation);
  const [aName, bName] = operation.inputs as [string, string];
  const [yName] = operation.outputs as [string];
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const rank = a.shape.length;
  const left = operand(context, aName, rank - 1, natural(rank));
  const right = operand(context, bName, rank - 2, lastTwoSwapped(rank));
  const output = context.define(yName, outputOrder(context, yName, rank));
  const [rows, columns] = y.shape.slice(-2) as [number, number];
  const value = {
    matrices: y.shape.slice(0, -2).reduce((product, size) => product * size, 1),
    rows,
    columns,
    depth: a.shape.at(-1)!,
    a_matrix_stride: matrixStride(left)!,
    a_row_stride: left.strides.at(-2)!,
    b_matrix_stride: matrixStride(right)!,
    b_column_stride: right.strides.at(-1)!,
    y_matrix_stride: matrixStride(output)!,
    y_row_stride: output.strides.at(-2)!,
    a_zero_point: a.zeroPoint,
    b_zero_point: b.zeroPoint,
    rescaling: rescaling(matMulMultiplier(a.scale, b.scale, y.scale)),
    range: codeRange(y, operation.attributes.clamp),
  };
  context.add('eb_mat_mul_s8', [parameters('eb_mat_mul', value), read(left), read(right), write(output)]);
};

/** A view whose elements lie side by side along the depth, and whose matrices are evenly spaced. */
function operand(context: LoweringContext, name: string, depth: number, otherwise: Order): View {
  const view = context.view(name);
  const isFit = (view.shape[depth] === 1 || view.strides[depth] === 1) && matrixStride(view) !== undefined;
  return isFit ? view : context.dense(name, otherwise);
}

/** Distance of matrices; undefined where they are not evenly spaced. */
function matrixStride({ shape, strides }: Pick<View, 'shape' | 'strides'>): number | undefined {
  const leading = shape
    .slice(0, -2)
    .flatMap((size, d) => (size === 1 ? [] : [{ size, stride: strides[d]! }]))
    .reverse();
  const isEven = leading.every(({ stride }, i) => {
    const inner = leading[i - 1];
    return inner === undefined || stride === inner.stride * inner.size;
  });
  return isEven ? (leading[0]?.stride ?? 0) : undefined;
}

/** What the reader wants, where a row still lies side by side and matrices are evenly spaced. */
function outputOrder(context: LoweringContext, name: string, rank: number): Order {
  const preferred = context.preferredOrder(name);
  if (preferred?.at(-1) !== rank - 1) return natural(rank);
  return matrixStride(context.layout(name, preferred)) === undefined ? natural(rank) : preferred;
}
