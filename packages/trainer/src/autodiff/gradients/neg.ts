/** Neg: dX = −dY. */
import type { Gradient } from '../gradient.js';

export const neg: Gradient<'Neg'> = { backward: (call) => [call.g.neg(call.dY)] };
