/** Relu: the gradient where Y is positive; 0 at 0. */
import type { Gradient } from '../gradient.js';
import { where } from './broadcast.js';

export const relu: Gradient<'Relu'> = {
  backward: (call) => [where(call.g, call.g.greater(call.output(), call.g.float32(0)), call.dY)],
};
