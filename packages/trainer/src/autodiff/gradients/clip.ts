/** Clip: the gradient where X lies within the limits. */
import type { Gradient } from '../gradient.js';
import { where } from './broadcast.js';

export const clip: Gradient<'Clip'> = {
  backward(call) {
    if (call.wants(1) || call.wants(2)) call.fail('its limits have no gradient', 'limit by Min and Max');
    // Inside, the output is the input itself; at a limit it may be either, and the gradient passes.
    return [where(call.g, call.g.equal(call.output(), call.input(0)), call.dY)];
  },
};
