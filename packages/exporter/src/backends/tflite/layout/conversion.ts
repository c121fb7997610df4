/** What RESHAPE and TRANSPOSE bring a tensor from one layout to another. */
import { isSameBytes, type Layout, shapeInFile, UNIT } from './layout.js';

export type ConversionStep =
  | { readonly kind: 'reshape'; readonly shape: readonly number[] }
  | { readonly kind: 'transpose'; readonly perm: readonly number[]; readonly shape: readonly number[] };

/**
 * At most two steps: a RESHAPE that adds or removes dimensions of size 1, then a TRANSPOSE.
 *
 * @param shape of the graph's tensor
 */
export function conversion(from: Layout, to: Layout, shape: readonly number[]): ConversionStep[] {
  const source = shapeInFile(from, shape);
  const target = shapeInFile(to, shape);
  if (isSameBytes(from, to, shape)) {
    return source.join() === target.join() ? [] : [{ kind: 'reshape', shape: target }];
  }
  const between = inOrderOf(from, to, shape);
  const perm = positions(between, to);
  const reshaped = shapeInFile(between, shape);
  const transpose: ConversionStep = { kind: 'transpose', perm, shape: target };
  return reshaped.join() === source.join() ? [transpose] : [{ kind: 'reshape', shape: reshaped }, transpose];
}

/**
 * The dimensions of `to`, in an order that has the bytes of `from`: those of size 1 stand where `from` has one, as far as they
 * reach, so that a RESHAPE is rarely needed.
 */
function inOrderOf(from: Layout, to: Layout, shape: readonly number[]): Layout {
  const isLong = (axis: number) => axis !== UNIT && shape[axis]! > 1;
  const short = to.filter((axis) => !isLong(axis));
  const long = from.filter(isLong);
  if (from.length !== to.length) return [...short, ...long];
  return from.map((axis) => (isLong(axis) ? axis : short.shift()!));
}

/** For each dimension of `to`, where it stands in `between`; units are taken one after the other. */
function positions(between: Layout, to: Layout): number[] {
  const taken = new Set<number>();
  return to.map((axis) => {
    const position = between.findIndex((candidate, index) => candidate === axis && !taken.has(index));
    taken.add(position);
    return position;
  });
}

/** Elements of a constant, brought from ONNX's order to that of a layout. */
export function inLayout<T extends Int8Array | Int32Array | Float32Array>(
  data: T,
  shape: readonly number[],
  layout: Layout,
): T {
  const strides = stridesOf(shape);
  const sizes = shapeInFile(layout, shape);
  const steps = layout.map((axis) => (axis === UNIT ? 0 : strides[axis]!));
  const result = data.slice();
  const index = sizes.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    result[i] = data[index.reduce((sum, position, d) => sum + position * steps[d]!, 0)]!;
    for (let d = sizes.length - 1; d >= 0; d--) {
      index[d] = index[d]! + 1;
      if (index[d]! < sizes[d]!) break;
      index[d] = 0;
    }
  }
  return result as T;
}

function stridesOf(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let d = shape.length - 2; d >= 0; d--) strides[d] = strides[d + 1]! * shape[d + 1]!;
  return strides;
}
