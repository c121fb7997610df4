/** Softmax: dX = Y · (dY − Σ dY · Y), the sum along the axis. */
import type { Gradient } from '../gradient.js';

export const softmax: Gradient<'Softmax'> = {
  backward(call) {
    const { g, dY } = call;
    const y = call.output();
    const axis = call.axis(call.attributes.axis, y.shape.length);
    const weighted = g.mul(dY, y);
    return [g.sub(weighted, g.mul(y, g.reduceSum(weighted, g.int64([axis]))))];
  },
};
