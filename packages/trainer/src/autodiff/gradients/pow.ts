/** Pow: dX = dY · e · X^(e − 1), 0 for e = 0; de = dY · Y · ln X, 0 where Y is 0 (X negative has no real derivative by e). */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const pow: Gradient<'Pow'> = {
  backward(call) {
    const { g, dY } = call;
    const [base, given] = [call.input(0), call.input(1)];
    const zero = g.float32(0);
    const byBase = () => {
      const exponent = given.dtype === 'float32' ? given : g.cast(given, { to: 'float32' });
      // X^(e − 1) is infinite for X = e = 0, which times e would be no number.
      const reduced = g.where(g.equal(exponent, zero), zero, g.sub(exponent, g.float32(1)));
      return g.mul(dY, g.mul(exponent, g.pow(base, reduced)));
    };
    const byExponent = () => {
      const y = call.output();
      return g.mul(dY, g.where(g.equal(y, zero), zero, g.mul(y, g.log(base))));
    };
    return [
      call.wants(0) ? sumToShape(g, byBase(), call.shape(0)) : undefined,
      call.wants(1) ? sumToShape(g, byExponent(), call.shape(1)) : undefined,
    ];
  },
};
