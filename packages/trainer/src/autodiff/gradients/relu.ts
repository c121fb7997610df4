/** Relu: the gradient where Y is positive; 0 at 0. */
import type { Gradient } from '../gradient.js';

export const relu: Gradient<'Relu'> = {
  // The output is 0 or positive, so that its sign is the mask; onnxruntime is faster with it than with Greater and Where.
  backward: (call) => [call.g.mul(call.dY, call.g.sign(call.output()))],
};
