/**
 * Conv with the channels last, as matrix products. With a row for each position of each example,
 *
 * - Y = windows of X [N · positions, taps · C] · W [taps · C, filters],
 * - dW = dYᵀ · windows of X,
 * - dX at stride 1 = windows of dY [N · L, taps · filters] · W [taps · filters, C]; at other strides dY · W [filters, taps · C],
 *   of which every element of X takes what its windows hold: they are few.
 *
 * Windows are gathered row by row, in half the time that onnxruntime takes for joining shifted copies.
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';
import { reshapeTo } from '../autodiff/gradients/broadcast.js';
import type { SlidingAxis } from '../autodiff/gradients/sliding-window.js';
import type { Lowered } from './channels-last.js';
import { gatherRows } from './gather-rows.js';

/** Up to as many filters, dW is cheaper as (windowsᵀ · dY)ᵀ. */
const FEW_FILTERS = 128;

/** @param inputs x [N, L, C], w [filters, taps, C], b [filters]. */
export function convolution(g: GraphBuilder, [x, w, b]: readonly [Value, Value, Value?], axis: SlidingAxis): Lowered {
  const [batch, length, channels] = sizesOf(x) as [number, number, number];
  const [filters, taps] = sizesOf(w) as [number, number];
  const count = batch * axis.positions;
  const windows = reshapeTo(g, gatherRows(g, x, rowsOfWindows(axis)), [count, taps * channels]);
  const byFilter = reshapeTo(g, w, [filters, taps * channels]);
  const product = b ? g.gemm(windows, byFilter, b, { transB: true }) : g.gemm(windows, byFilter, { transB: true });
  return {
    y: reshapeTo(g, product, [batch, axis.positions, filters]),
    rule: {
      backward(call) {
        const { dY } = call;
        const rows = reshapeTo(g, dY, [count, filters]);
        const dX = () =>
          axis.stride === 1
            ? inputGradient(g, dY, w, axis)
            : gathered(g, reshapeTo(g, g.gemm(rows, byFilter), [batch, axis.positions * taps, channels]), axis);
        return [
          call.wants(0) ? reshapeTo(g, dX(), [batch, length, channels]) : undefined,
          call.wants(1) ? filterGradient(g, dY, windows, taps) : undefined,
          call.wants(2) ? g.reduceSum(rows, g.int64([0]), { keepdims: false }) : undefined,
        ];
      },
    },
  };
}

/** What the windows see, position by position and tap by tap. */
function rowsOfWindows({ positions, taps, stride, dilation, begin }: SlidingAxis): number[] {
  return range(positions).flatMap((position) => range(taps).map((tap) => position * stride + tap * dilation - begin));
}

/**
 * dYᵀ · windows, [filters, taps, C]. onnxruntime takes half as long again for a product whose left matrix it must transpose, once
 * for each 128 columns or so of the other: the product is turned round where that means once, otherwise dY is transposed
 * beforehand. In three dimensions, because a transposition of two would be merged into the product.
 */
function filterGradient(g: GraphBuilder, dY: Value, windows: Value, taps: number): Value {
  const [batch, positions, filters] = sizesOf(dY) as [number, number, number];
  const count = batch * positions;
  const channels = sizesOf(windows)[1]! / taps;
  if (filters <= FEW_FILTERS) {
    const product = g.gemm(windows, reshapeTo(g, dY, [count, filters]), { transA: true });
    return g.transpose(reshapeTo(g, product, [taps, channels, filters]), { perm: [2, 0, 1] });
  }
  const byFilter = reshapeTo(g, g.transpose(dY, { perm: [2, 0, 1] }), [filters, count]);
  return reshapeTo(g, g.gemm(byFilter, windows), [filters, taps, channels]);
}

/** At stride 1: the element at `row` met tap t at position row + begin − t · dilation. */
function inputGradient(g: GraphBuilder, dY: Value, w: Value, { size, taps, dilation, begin }: SlidingAxis): Value {
  const [filters, , channels] = sizesOf(w) as [number, number, number];
  const rows = range(size).flatMap((row) => range(taps).map((tap) => row + begin - tap * dilation));
  const windows = reshapeTo(g, gatherRows(g, dY, rows), [sizesOf(dY)[0]! * size, taps * filters]);
  const byTap = taps === 1 ? w : g.transpose(w, { perm: [1, 0, 2] });
  return g.gemm(windows, reshapeTo(g, byTap, [taps * filters, channels]));
}

/** @param shares what each window gives each of its taps, [N, positions · taps, C]. */
function gathered(g: GraphBuilder, shares: Value, axis: SlidingAxis): Value {
  const { size, positions, taps } = axis;
  const takers = range(size).map((): number[] => []);
  for (const [index, row] of rowsOfWindows(axis).entries()) takers[row]?.push(index);
  const most = Math.max(1, ...takers.map((indices) => indices.length));
  const nothing = positions * taps;
  return range(most)
    .map((nth) =>
      gatherRows(
        g,
        shares,
        takers.map((indices) => indices[nth] ?? nothing),
      ),
    )
    .reduce((sum, part) => g.add(sum, part));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
