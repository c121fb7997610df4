/** Reciprocal: dX = −dY · Y². */
import type { Gradient } from '../gradient.js';

export const reciprocal: Gradient<'Reciprocal'> = {
  backward: (call) => [call.g.neg(call.g.mul(call.dY, call.g.mul(call.output(), call.output())))],
};
