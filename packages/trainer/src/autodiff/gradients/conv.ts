/** Conv: see `conv-input.ts` and `conv-filter.ts`; the bias receives the sum of dY over batch and positions. */
import { type Gradient, sizesOf } from '../gradient.js';
import { convFilterGradient } from './conv-filter.js';
import { convInputGradient } from './conv-input.js';
import { slidingAxes } from './sliding-window.js';

export const conv: Gradient<'Conv'> = {
  backward(call) {
    const { g, dY } = call;
    const { group } = call.attributes;
    const axes = slidingAxes(call.attributes, call.shape(0).slice(2), sizesOf(dY).slice(2), call.shape(1).slice(2));
    const others = g.int64(call.shape(0).flatMap((_, axis) => (axis === 1 ? [] : [axis])));
    return [
      call.wants(0) ? convInputGradient(g, dY, call.input(1), axes, group) : undefined,
      call.wants(1) ? convFilterGradient(g, call.input(0), dY, axes, group) : undefined,
      call.wants(2) ? g.reduceSum(dY, others, { keepdims: false }) : undefined,
    ];
  },
};
