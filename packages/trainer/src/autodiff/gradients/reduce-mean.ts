/** ReduceMean: every element receives its share of the gradient of the mean. */
import type { Gradient } from '../gradient.js';
import { expandTo } from './broadcast.js';
import { keptDimensions, reducedAxes } from './reduction.js';

export const reduceMean: Gradient<'ReduceMean'> = {
  backward(call) {
    const shape = call.shape(0);
    const count = reducedAxes(call).reduce((product, axis) => product * shape[axis]!, 1);
    const share = call.g.mul(keptDimensions(call, call.dY), call.g.float32(1 / count));
    return [expandTo(call.g, share, shape)];
  },
};
