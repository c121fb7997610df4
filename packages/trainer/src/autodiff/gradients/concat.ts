/** Concat: each input receives its part of the gradient. */
import type { Gradient } from '../gradient.js';

export const concat: Gradient<'Concat'> = {
  backward(call) {
    const { g } = call;
    const axis = call.axis(call.attributes.axis, call.shape(0).length);
    let start = 0;
    return Array.from({ length: call.inputCount }, (_, index) => {
      const end = start + call.shape(index)[axis]!;
      const part = call.wants(index) ? g.slice(call.dY, g.int64([start]), g.int64([end]), g.int64([axis])) : undefined;
      start = end;
      return part;
    });
  },
};
