/** AveragePool: each element receives its share from every window it lay in. */

import { type Gradient, sizesOf } from '../gradient.js';
import { reshapeTo } from './broadcast.js';
import { convInputGradient } from './conv-input.js';
import { type SlidingAxis, slidingAxes } from './sliding-window.js';

export const averagePool: Gradient<'AveragePool'> = {
  backward(call) {
    const { g } = call;
    const [batch, channels, ...sizes] = call.shape(0) as [number, number, ...number[]];
    const { kernel_shape: kernel, count_include_pad: countsPadding, auto_pad, pads } = call.attributes;
    const positions = sizesOf(call.dY).slice(2);
    const axes = slidingAxes(call.attributes, sizes, positions, kernel);
    // Padding that windows make for themselves holds all of them; otherwise the last may reach beyond it (ceil_mode).
    const ends = axes.map(({ size, begin }, index) =>
      auto_pad.startsWith('SAME') ? Number.POSITIVE_INFINITY : begin + size + (pads?.[index + axes.length] ?? 0),
    );
    const shares = axes
      .map((axis, index) => divisors(axis, countsPadding, ends[index]!))
      .reduce<number[]>((outer, inner) => outer.flatMap((a) => inner.map((b) => a / b)), [1]);
    const factor = reshapeTo(g, g.float32(shares), positions);
    const share = reshapeTo(g, g.mul(call.dY, factor), [batch * channels, 1, ...positions]);
    const ones = g.expand(g.float32(1), g.int64([1, 1, ...kernel]));
    return [reshapeTo(g, convInputGradient(g, share, ones, axes, 1), call.shape(0))];
  },
};

/** By how many elements the sum at each position was divided, along one dimension. */
function divisors(axis: SlidingAxis, countsPadding: boolean, end: number): number[] {
  const { size, positions, taps, stride, dilation, begin } = axis;
  return Array.from({ length: positions }, (_, position) => {
    const indices = Array.from({ length: taps }, (_, tap) => position * stride + tap * dilation);
    const counts = (index: number) => (countsPadding ? index < end : index >= begin && index < begin + size);
    return indices.filter(counts).length;
  });
}
