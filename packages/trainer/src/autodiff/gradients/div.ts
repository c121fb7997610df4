/** Div: dA = dY / B, dB = −dY · Y / B. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const div: Gradient<'Div'> = {
  backward(call) {
    const { g } = call;
    const quotient = g.div(call.dY, call.input(1));
    return [
      call.wants(0) ? sumToShape(g, quotient, call.shape(0)) : undefined,
      call.wants(1) ? g.neg(sumToShape(g, g.mul(quotient, call.output()), call.shape(1))) : undefined,
    ];
  },
};
