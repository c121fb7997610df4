/**
 * How a tensor of the graph lies in a buffer: by the distances of neighbours along each of its dimensions. Transposes, slices,
 * reshapes and repetitions are other views of the same memory, so that most of them cost nothing.
 */
import { elementCount, strides } from '../../../interpreter/indices.js';
import type { Buffer } from '../program/buffer.js';

export interface View {
  readonly buffer: Buffer;
  /** Of the first element. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** In elements; one for each dimension of the shape. */
  readonly strides: readonly number[];
}

/** Dimensions from the one whose neighbours are farthest apart to the one whose neighbours lie side by side. */
export type Order = readonly number[];

export function natural(rank: number): Order {
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** Strides of a tensor without gaps whose dimensions lie in this order. */
export function denseStrides(shape: readonly number[], order: Order): number[] {
  const ordered = strides(order.map((axis) => shape[axis]!));
  const result = shape.map(() => 1);
  for (const [position, axis] of order.entries()) result[axis] = ordered[position]!;
  return result;
}

/** A whole buffer as a tensor. */
export function denseView(buffer: Buffer, shape: readonly number[], order: Order): View {
  return { buffer, offset: 0, shape, strides: denseStrides(shape, order) };
}

/** Whether a view has no gaps and this order; dimensions of size 1 do not matter. */
export function isDenseIn(view: View, order: Order): boolean {
  const wanted = denseStrides(view.shape, order);
  return elementCount(view.shape) <= 1 || view.shape.every((size, d) => size === 1 || view.strides[d] === wanted[d]);
}

/** The order of a view without gaps; undefined for one with gaps or repetitions. */
export function denseOrder(view: View): Order | undefined {
  const order = natural(view.shape.length).toSorted(
    (a, b) => view.strides[b]! - view.strides[a]! || view.shape[b]! - view.shape[a]! || a - b,
  );
  return isDenseIn(view, order) ? order : undefined;
}

/** Whether it is all of its buffer. */
export function isWhole(view: View): boolean {
  return view.offset === 0 && elementCount(view.shape) === view.buffer.count && denseOrder(view) !== undefined;
}

/** Dimension d of the result is dimension `perm[d]`. */
export function transposed(view: View, perm: readonly number[]): View {
  return { ...view, shape: perm.map((axis) => view.shape[axis]!), strides: perm.map((axis) => view.strides[axis]!) };
}

/** Elements `starts[d] + i · steps[d]` along each dimension. */
export function sliced(
  view: View,
  starts: readonly number[],
  steps: readonly number[],
  shape: readonly number[],
): View {
  return {
    buffer: view.buffer,
    offset: starts.reduce((offset, start, d) => offset + start * view.strides[d]!, view.offset),
    shape,
    strides: steps.map((step, d) => step * view.strides[d]!),
  };
}

/** Repeated as numpy does, to a shape that it spreads to. */
export function spread(view: View, shape: readonly number[]): View {
  const missing = shape.length - view.shape.length;
  const strideOf = (d: number) => (d < missing || view.shape[d - missing] === 1 ? 0 : view.strides[d - missing]!);
  return { ...view, shape, strides: shape.map((_, d) => strideOf(d)) };
}

/** The same elements in row-major order with another shape; undefined where that is no view of this memory. */
export function reshaped(view: View, shape: readonly number[]): View | undefined {
  const from = view.shape.flatMap((size, d) => (size === 1 ? [] : [{ size, stride: view.strides[d]! }]));
  const result: number[] = [];
  // Each run of old dimensions that has as many elements as a run of new ones has to be evenly spaced.
  for (const size of shape) {
    if (size === 1) {
      result.push(0);
      continue;
    }
    while (from.length > 1 && from[0]!.size % size !== 0) {
      const [outer, inner, ...rest] = from as [Dimension, Dimension, ...Dimension[]];
      if (outer.stride !== inner.stride * inner.size) return undefined;
      from.splice(0, from.length, { size: outer.size * inner.size, stride: inner.stride }, ...rest);
    }
    const first = from[0];
    if (first === undefined || first.size % size !== 0) return undefined;
    const remaining = first.size / size;
    result.push(first.stride * remaining);
    if (remaining === 1) from.shift();
    else from[0] = { size: remaining, stride: first.stride };
  }
  return from.length === 0 ? { ...view, shape, strides: result } : undefined;
}

interface Dimension {
  readonly size: number;
  readonly stride: number;
}
