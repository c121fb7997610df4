/** ReduceSum: every summand receives the gradient of its sum. */
import type { Gradient } from '../gradient.js';
import { expandTo } from './broadcast.js';
import { keptDimensions } from './reduction.js';

export const reduceSum: Gradient<'ReduceSum'> = {
  backward: (call) => [expandTo(call.g, keptDimensions(call, call.dY), call.shape(0))],
};
