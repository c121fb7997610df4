/** Transpose: the gradient through the inverse permutation. */
import type { Gradient } from '../gradient.js';

export const transpose: Gradient<'Transpose'> = {
  backward(call) {
    const rank = call.shape(0).length;
    const perm = call.attributes.perm ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
    return [call.g.transpose(call.dY, { perm: perm.map((_, axis) => perm.indexOf(axis)) })];
  },
};
