/** Where: each branch receives the gradient where it was chosen. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const whereOperator: Gradient<'Where'> = {
  backward(call) {
    const { g, dY } = call;
    const [condition, zero] = [call.input(0), g.float32(0)];
    return [
      undefined,
      call.wants(1) ? sumToShape(g, g.where(condition, dY, zero), call.shape(1)) : undefined,
      call.wants(2) ? sumToShape(g, g.where(condition, zero, dY), call.shape(2)) : undefined,
    ];
  },
};
