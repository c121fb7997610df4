/** Pow: dX = dY · e · X^(e − 1), de = dY · Y · ln X (X positive). */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const pow: Gradient<'Pow'> = {
  backward(call) {
    const { g } = call;
    const [base, exponent] = [call.input(0), call.input(1)];
    const slope = () => g.mul(exponent, g.pow(base, g.sub(exponent, g.float32(1))));
    return [
      call.wants(0) ? sumToShape(g, g.mul(call.dY, slope()), call.shape(0)) : undefined,
      call.wants(1) ? sumToShape(g, g.mul(call.dY, g.mul(call.output(), g.log(base))), call.shape(1)) : undefined,
    ];
  },
};
