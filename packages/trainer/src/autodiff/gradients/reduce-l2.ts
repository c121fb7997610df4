/** ReduceL2: dX = dY · X / Y, and 0 where the norm is 0. */
import type { Gradient } from '../gradient.js';
import { where } from './broadcast.js';
import { keptDimensions } from './reduction.js';

export const reduceL2: Gradient<'ReduceL2'> = {
  backward(call) {
    const { g } = call;
    const norm = keptDimensions(call, call.output());
    const isPositive = g.greater(norm, g.float32(0));
    const factor = g.div(keptDimensions(call, call.dY), g.where(isPositive, norm, g.float32(1)));
    return [where(g, isPositive, g.mul(call.input(0), factor))];
  },
};
