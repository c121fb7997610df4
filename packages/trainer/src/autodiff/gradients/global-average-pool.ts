/** GlobalAveragePool: every element receives its share of the gradient of its channel's mean. */
import type { Gradient } from '../gradient.js';
import { expandTo } from './broadcast.js';

export const globalAveragePool: Gradient<'GlobalAveragePool'> = {
  backward(call) {
    const { g } = call;
    const shape = call.shape(0);
    const count = shape.slice(2).reduce((product, size) => product * size, 1);
    return [expandTo(g, g.mul(call.dY, g.float32(1 / count)), shape)];
  },
};
