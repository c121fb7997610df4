/** Add: both summands receive the gradient, summed over broadcast dimensions. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const add: Gradient<'Add'> = {
  backward: (call) =>
    [0, 1].map((index) => (call.wants(index) ? sumToShape(call.g, call.dY, call.shape(index)) : undefined)),
};
