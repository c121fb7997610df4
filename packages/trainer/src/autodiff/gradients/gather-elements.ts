/** GatherElements: each element of the data receives the sum of the gradients of its copies. */
import type { Gradient } from '../gradient.js';
import { zeros } from './broadcast.js';

export const gatherElements: Gradient<'GatherElements'> = {
  backward(call) {
    const { axis } = call.attributes;
    const { g } = call;
    return [g.scatterElements(zeros(g, call.shape(0)), call.input(1), call.dY, { axis, reduction: 'add' })];
  },
};
