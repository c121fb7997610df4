/** Erf: dX = dY · 2 / √π · exp(−X²). */
import type { Gradient } from '../gradient.js';

export const erf: Gradient<'Erf'> = {
  backward(call) {
    const { g } = call;
    const x = call.input(0);
    const bell = g.mul(g.exp(g.neg(g.mul(x, x))), g.float32(2 / Math.sqrt(Math.PI)));
    return [g.mul(call.dY, bell)];
  },
};
