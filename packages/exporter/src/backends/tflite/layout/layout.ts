/**
 * How a tensor of the integer graph lies in the file. TFLite wants channels last and four dimensions where ONNX has channels
 * first and any number; a layout says, for each dimension of the tensor in the file, which dimension of the graph's tensor it is,
 * or `UNIT` for a dimension of size 1 that only the file has.
 */

/** Stands for a dimension that the graph's tensor does not have. */
export const UNIT = -1;

export type Layout = readonly number[];

/** As ONNX has it. */
export function natural(rank: number): Layout {
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** What convolutions and pools take: [1, C, L] as [1, 1, L, C], [1, C, H, W] as [1, H, W, C]. */
export function channelsLast(rank: 3 | 4): Layout {
  return rank === 3 ? [0, UNIT, 2, 1] : [0, 2, 3, 1];
}

/** What a convolution of size 1 takes for rows of features: [1, I] as [1, 1, 1, I], [1, T, I] as [1, 1, T, I]. */
export function rows(rank: number): Layout {
  const units = Array<number>(Math.max(0, 4 - rank)).fill(UNIT);
  const [first, ...rest] = natural(rank);
  return rank < 2 ? [...units, ...natural(rank)] : [first!, ...units, ...rest];
}

export function shapeInFile(layout: Layout, shape: readonly number[]): number[] {
  return layout.map((axis) => (axis === UNIT ? 1 : shape[axis]!));
}

/** Dimensions with more than one element, as they follow each other in memory. */
function orderInMemory(layout: Layout, shape: readonly number[]): number[] {
  return layout.filter((axis) => axis !== UNIT && shape[axis]! > 1);
}

/** Whether a tensor of this shape is the same bytes in both. */
export function isSameBytes(a: Layout, b: Layout, shape: readonly number[]): boolean {
  return orderInMemory(a, shape).join() === orderInMemory(b, shape).join();
}

/** Whether it has the same shape in the file, too. */
export function isSameTensor(a: Layout, b: Layout, shape: readonly number[]): boolean {
  return isSameBytes(a, b, shape) && shapeInFile(a, shape).join() === shapeInFile(b, shape).join();
}

/** Dimension of the file that holds this dimension of the graph's tensor. */
export function positionOf(layout: Layout, axis: number): number {
  return layout.indexOf(axis);
}

/** The layout of the same bytes after Transpose: dimension d of the result is dimension `perm[d]` of the input. */
export function transposed(layout: Layout, perm: readonly number[]): Layout {
  return layout.map((axis) => (axis === UNIT ? UNIT : perm.indexOf(axis)));
}

/** The layout whose result by `transposed` this is. */
export function beforeTranspose(layout: Layout, perm: readonly number[]): Layout {
  return layout.map((axis) => (axis === UNIT ? UNIT : perm[axis]!));
}

/** The layout of what is left after dimensions of size 1 went away. */
export function withoutAxes(layout: Layout, axes: readonly number[]): Layout {
  return layout.map((axis) =>
    axis === UNIT || axes.includes(axis) ? UNIT : axis - axes.filter((removed) => removed < axis).length,
  );
}

/** The layout that an input of lower rank needs to spread, as in numpy, over a tensor with this layout. */
export function spreading(layout: Layout, rank: number, inputRank: number): Layout {
  const missing = rank - inputRank;
  return layout.map((axis) => (axis === UNIT || axis < missing ? UNIT : axis - missing));
}

/** Values for each dimension of the graph's tensor, in the order of the file; `missing` for those of the file alone. */
export function inFileOrder<T>(layout: Layout, values: readonly T[], missing: T): T[] {
  return layout.map((axis) => (axis === UNIT ? missing : values[axis]!));
}
