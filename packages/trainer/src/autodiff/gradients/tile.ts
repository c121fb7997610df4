/** Tile: the gradient summed over the repetitions. */
import type { Gradient } from '../gradient.js';
import { reshapeTo } from './broadcast.js';

export const tile: Gradient<'Tile'> = {
  backward(call) {
    const { g } = call;
    const shape = call.shape(0);
    const repeats = call.integers(1)!;
    const apart = reshapeTo(
      g,
      call.dY,
      shape.flatMap((size, axis) => [repeats[axis]!, size]),
    );
    const sum = g.reduceSum(apart, g.int64(shape.map((_, axis) => 2 * axis)), { keepdims: false });
    return [sum];
  },
};
