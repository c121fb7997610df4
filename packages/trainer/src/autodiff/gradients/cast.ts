/** Cast: the gradient cast back; integers carry none. */
import type { Gradient } from '../gradient.js';

export const cast: Gradient<'Cast'> = {
  backward(call) {
    const { dtype } = call.input(0);
    const isFloat = (type: string) => type.includes('float');
    if (!isFloat(dtype) || !isFloat(call.output().dtype)) return [];
    return [dtype === call.dY.dtype ? call.dY : call.g.cast(call.dY, { to: dtype })];
  },
};
