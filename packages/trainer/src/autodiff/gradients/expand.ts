/** Expand: the gradient summed over the repetitions. */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const expand: Gradient<'Expand'> = { backward: (call) => [sumToShape(call.g, call.dY, call.shape(0))] };
