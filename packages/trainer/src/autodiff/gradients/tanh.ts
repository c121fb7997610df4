/** Tanh: dX = dY · (1 − Y²). */
import type { Gradient } from '../gradient.js';

export const tanh: Gradient<'Tanh'> = {
  backward(call) {
    const { g } = call;
    const y = call.output();
    return [g.mul(call.dY, g.sub(g.float32(1), g.mul(y, y)))];
  },
};
