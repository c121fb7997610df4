/** Abs: dX = dY · sign(X), 0 at 0. */
import type { Gradient } from '../gradient.js';

export const abs: Gradient<'Abs'> = { backward: (call) => [call.g.mul(call.dY, call.g.sign(call.input(0)))] };
