/** MaxPool: the gradient goes to the element that was the maximum, which the forward node's indices name. */
import { type Gradient, sizesOf } from '../gradient.js';
import { reshapeTo, zeros } from './broadcast.js';

export const maxPool: Gradient<'MaxPool'> = {
  outputs: 2,
  backward(call) {
    const { g } = call;
    if (call.attributes.storage_order) call.fail('storage_order 1 has no gradient', 'leave it at 0');
    const shape = call.shape(0);
    const count = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);
    const updates = [count(sizesOf(call.dY))];
    // The indices count through the whole of X, batch and channels included.
    const scattered = g.scatterElements(
      zeros(g, [count(shape)]),
      reshapeTo(g, call.output(1), updates),
      reshapeTo(g, call.dY, updates),
      { axis: 0, reduction: 'add' },
    );
    return [reshapeTo(g, scattered, shape)];
  },
};
