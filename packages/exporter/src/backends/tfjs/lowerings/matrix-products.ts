/** MatMul and Gemm. */
import type { Shape } from '@edgebeat/graph';
import { computes, type LoweringCall } from '../lowering-call.js';
import { flagAttr, integerAttr, textsAttr } from '../node-def.js';
import { transposed } from '../transposed.js';

export const matMul = computes<'MatMul'>((call) => {
  const a = call.shape(0);
  const b = call.shape(1);
  // Vectors are matrices of one row or column, whose dimension goes again.
  const left: Shape = a.length === 1 ? [1, ...a] : a;
  const right: Shape = b.length === 1 ? [...b, 1] : b;
  const matrices = [
    a.length === 1 ? call.reshape(call.input(0), left) : call.input(0),
    b.length === 1 ? call.reshape(call.input(1), right) : call.input(1),
  ] as const;
  const product =
    right.length === 2
      ? byOneMatrix(call, matrices, left)
      : byMatrices(call, matrices, left.slice(0, -2), right.slice(0, -2));
  const isShaped = a.length > 1 && b.length > 1 && (right.length > 2 || left.length === 2);
  call.output(isShaped ? product : call.reshape(product, call.outputShape()));
});

/** All rows of A by one matrix: a single product, which is what TensorFlow.js is fast at. */
function byOneMatrix(call: LoweringCall<'MatMul'>, [a, b]: readonly [string, string], left: Shape): string {
  const rows =
    left.length === 2
      ? a
      : call.emit('Reshape', [a, call.writer.integers([-1, call.size(0, call.shape(0).length - 1)])]);
  return call.emit('MatMul', [rows, b], { transpose_a: flagAttr(false), transpose_b: flagAttr(false) });
}

/**
 * As many products as the leading dimensions say. TensorFlow.js spreads them where those of one factor, counted from the last, are
 * the same as the other's until only ones are left; what else ONNX would spread is tiled.
 */
function byMatrices(
  call: LoweringCall<'MatMul'>,
  [a, b]: readonly [string, string],
  left: Shape,
  right: Shape,
): string {
  const attrs = { adj_x: flagAttr(false), adj_y: flagAttr(false) };
  if (isTail(left, right) || isTail(right, left)) return call.emit('BatchMatMulV2', [a, b], attrs);
  const joint = call.outputShape().slice(0, Math.max(left.length, right.length));
  return call.emit('BatchMatMulV2', [tiled(call, a, 0, left, joint), tiled(call, b, 1, right, joint)], attrs);
}

/** Whether `part`, without ones at its begin, is the end of `whole`. */
function isTail(part: Shape, whole: Shape): boolean {
  const first = part.findIndex((size) => size !== 1);
  const tail = first < 0 ? [] : part.slice(first);
  return tail.every((size, index) => size === whole[whole.length - tail.length + index]);
}

function tiled(call: LoweringCall<'MatMul'>, tensor: string, index: number, leading: Shape, joint: Shape): string {
  const padded: Shape = [...Array<number>(joint.length - leading.length).fill(1), ...leading];
  const times = joint.map((size, axis) => {
    if (padded[axis] === size) return 1;
    if (typeof size === 'number') return size;
    return call.refuse(
      `spreads [${call.shape(index).join(', ')}] over the batch ${size}`,
      'Put the dimensions that spread before all others, or export the model with a size for the batch.',
    );
  });
  const shaped =
    padded.length === leading.length ? tensor : call.reshape(tensor, [...padded, ...call.shape(index).slice(-2)]);
  return call.emit('Tile', [shaped, call.writer.integers([...times, 1, 1])]);
}

export const gemm = computes<'Gemm'>((call) => {
  const { alpha, beta, transA, transB } = call.attributes;
  const attrs = { transpose_a: flagAttr(transA), transpose_b: flagAttr(transB && !call.floats(1)) };
  const factors = [call.input(0), secondFactor(call)];
  const hasBias = call.has(2) && beta !== 0;
  const columns = call.outputShape()[1]!;
  if (hasBias && alpha === 1 && beta === 1 && call.shape(2).length === 1 && call.shape(2)[0] === columns) {
    const fused = { ...attrs, num_args: integerAttr(1), fused_ops: textsAttr(['BiasAdd']) };
    call.output(call.emit('_FusedMatMul', [...factors, call.input(2)], fused));
    return;
  }
  const scaled = (tensor: string, factor: number) =>
    factor === 1 ? tensor : call.emit('Mul', [tensor, call.writer.scalar(factor)]);
  const product = scaled(call.emit('MatMul', factors, attrs), alpha);
  call.output(hasBias ? call.emit('AddV2', [product, scaled(call.input(2), beta)]) : product);
});

/** A constant is transposed now rather than at every run. */
function secondFactor(call: LoweringCall<'Gemm'>): string {
  const data = call.floats(1);
  if (!call.attributes.transB || !data) return call.input(1);
  const shape = [call.size(1, 0), call.size(1, 1)];
  const name = `${call.node.inputs[1]}/transposed`;
  return call.writer.weight(name, 'float32', [shape[1]!, shape[0]!], transposed(data, shape, [1, 0]));
}
