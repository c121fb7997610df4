/** Log: dX = dY / X. */
import type { Gradient } from '../gradient.js';

export const log: Gradient<'Log'> = { backward: (call) => [call.g.div(call.dY, call.input(0))] };
