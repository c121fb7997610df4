/** Reshape, Flatten, Squeeze, Unsqueeze and Identity: the gradient in the shape of the input. */
import type { Gradient, GradientCall } from '../gradient.js';
import { reshapeTo } from './broadcast.js';

function backward(call: GradientCall<'Reshape' | 'Flatten' | 'Squeeze' | 'Unsqueeze' | 'Identity'>) {
  return [reshapeTo(call.g, call.dY, call.shape(0))];
}

export const reshape: Gradient<'Reshape'> = { backward };
export const flatten: Gradient<'Flatten'> = { backward };
export const squeeze: Gradient<'Squeeze'> = { backward };
export const unsqueeze: Gradient<'Unsqueeze'> = { backward };
export const identity: Gradient<'Identity'> = { backward };
