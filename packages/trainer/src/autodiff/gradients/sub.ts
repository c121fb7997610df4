/** Sub: the gradient goes to A as it is and to B negated. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const sub: Gradient<'Sub'> = {
  backward: (call) => [
    call.wants(0) ? sumToShape(call.g, call.dY, call.shape(0)) : undefined,
    call.wants(1) ? call.g.neg(sumToShape(call.g, call.dY, call.shape(1))) : undefined,
  ],
};
