/** Split: the gradients of the parts, joined; zeros for a part that the loss does not depend on. */
import type { Gradient } from '../gradient.js';
import { sizesOf } from '../gradient.js';
import { zeros } from './broadcast.js';

export const split: Gradient<'Split'> = {
  backward(call) {
    const { g } = call;
    const axis = call.axis(call.attributes.axis, call.shape(0).length);
    const [first, ...rest] = call.gradients.map((gradient, index) => gradient ?? zeros(g, sizesOf(call.output(index))));
    return [rest.length === 0 ? first : g.concat(first!, ...rest, { axis })];
  },
};
