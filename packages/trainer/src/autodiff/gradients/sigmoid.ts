/** Sigmoid: dX = dY · Y · (1 − Y). */
import type { Gradient } from '../gradient.js';

export const sigmoid: Gradient<'Sigmoid'> = {
  backward(call) {
    const { g } = call;
    const y = call.output();
    return [g.mul(call.dY, g.mul(y, g.sub(g.float32(1), y)))];
  },
};
