/** Operators that pass no gradient on. */
import type { Gradient, GradientCall } from '../gradient.js';

/** The output is constant wherever it is continuous: comparisons, signs, indices. */
export const flat: Gradient<never> = { backward: () => [] };

/** An operator that occurs in backward nodes only. */
export const backwardOnly: Gradient<never> = {
  backward: (call: GradientCall<never>) =>
    call.fail('has no gradient', 'it belongs in backward passes; express the forward pass by other operators'),
};
