/** MatMul: dA = dY · Bᵀ, dB = Aᵀ · dY, summed over broadcast batch dimensions. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { type Gradient, type GradientCall, sizesOf } from '../gradient.js';
import { reshapeTo, sumToShape } from './broadcast.js';

export const matMul: Gradient<'MatMul'> = {
  backward(call) {
    const b = call.shape(1);
    return b.length === 2 && call.shape(0).length >= 2 ? backwardOfRows(call) : backwardOfBatches(call);
  },
};

/** One matrix B for all rows of A, as in a dense layer: two Gemms, which transpose for free. */
function backwardOfRows(call: GradientCall<'MatMul'>): (Value | undefined)[] {
  const { g } = call;
  const [a, b] = [call.shape(0), call.shape(1)];
  const rows = (value: Value, columns: number) => reshapeTo(g, value, [a.slice(0, -1).reduce(product, 1), columns]);
  const dY = rows(call.dY, b[1]!);
  return [
    call.wants(0) ? reshapeTo(g, g.gemm(dY, call.input(1), { transB: true }), a) : undefined,
    call.wants(1) ? g.gemm(rows(call.input(0), a.at(-1)!), dY, { transA: true }) : undefined,
  ];
}

function backwardOfBatches(call: GradientCall<'MatMul'>): (Value | undefined)[] {
  const { g } = call;
  const [a, b] = [call.shape(0), call.shape(1)];
  // A vector is a matrix of one row (A) or one column (B) whose dimension MatMul drops from the result.
  const [rows, columns] = [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
  const [lead, other] = [rows.slice(0, -2), columns.slice(0, -2)];
  // Equal batch dimensions become one. onnxruntime then takes the transpositions below into the products; it would merge
  // them with those that made the heads of an attention, into slow ones.
  const isAlike = lead.join() === other.join();
  const flat = (sizes: number[]) => (isAlike ? [sizes.reduce(product, 1)] : sizes);
  const left = reshapeTo(g, call.input(0), [...flat(lead), ...rows.slice(-2)]);
  const right = reshapeTo(g, call.input(1), [...flat(other), ...columns.slice(-2)]);
  const batch = sizesOf(call.dY).slice(0, Math.max(lead.length, other.length));
  const dY = reshapeTo(g, call.dY, [...flat(batch), rows.at(-2)!, columns.at(-1)!]);
  const back = (gradient: Value, matrix: Value, shape: number[]) =>
    reshapeTo(g, sumToShape(g, gradient, matrix.shape), shape);
  return [
    call.wants(0) ? back(g.matMul(dY, transposed(g, right)), left, a) : undefined,
    call.wants(1) ? back(g.matMul(transposed(g, left), dY), right, b) : undefined,
  ];
}

/** The last two dimensions exchanged. */
function transposed(g: GraphBuilder, value: Value): Value {
  const rank = value.shape.length;
  const lead = Array.from({ length: rank - 2 }, (_, axis) => axis);
  return g.transpose(value, { perm: [...lead, rank - 1, rank - 2] });
}

function product(a: number, b: number): number {
  return a * b;
}
