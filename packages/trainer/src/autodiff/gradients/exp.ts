/** Exp: dX = dY · Y. */
import type { Gradient } from '../gradient.js';

export const exp: Gradient<'Exp'> = { backward: (call) => [call.g.mul(call.dY, call.output())] };
