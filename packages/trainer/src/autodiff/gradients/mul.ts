/** Mul: each factor receives the gradient times the other factor. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const mul: Gradient<'Mul'> = {
  backward: (call) =>
    [0, 1].map((index) =>
      call.wants(index) ? sumToShape(call.g, call.g.mul(call.dY, call.input(1 - index)), call.shape(index)) : undefined,
    ),
};
