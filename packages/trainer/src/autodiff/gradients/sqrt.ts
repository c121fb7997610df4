/** Sqrt: dX = dY / (2 · Y). */
import type { Gradient } from '../gradient.js';

export const sqrt: Gradient<'Sqrt'> = {
  backward: (call) => [call.g.div(call.g.mul(call.dY, call.g.float32(0.5)), call.output())],
};
