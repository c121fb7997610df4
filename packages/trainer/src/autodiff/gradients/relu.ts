/** Relu: the gradient where Y is positive; 0 at 0. Y is never negative, so that it is enough to ask whether it is 0. */
import type { Gradient } from '../gradient.js';
import { where } from './broadcast.js';

export const relu: Gradient<'Relu'> = {
  backward: (call) => [where(call.g, call.g.cast(call.output(), { to: 'bool' }), call.dY)],
};
