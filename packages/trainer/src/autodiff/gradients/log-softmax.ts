/** LogSoftmax: dX = dY − exp(Y) · Σ dY, the sum along the axis. */
import type { Gradient } from '../gradient.js';

export const logSoftmax: Gradient<'LogSoftmax'> = {
  backward(call) {
    const { g, dY } = call;
    const y = call.output();
    const axis = call.axis(call.attributes.axis, y.shape.length);
    return [g.sub(dY, g.mul(g.exp(y), g.reduceSum(dY, g.int64([axis]))))];
  },
};
