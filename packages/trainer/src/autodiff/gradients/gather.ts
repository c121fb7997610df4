/** Gather: each entry of the data receives the sum of the gradients of its copies. */
import { type Gradient, sizesOf } from '../gradient.js';
import { expandTo, reshapeTo, zeros } from './broadcast.js';

export const gather: Gradient<'Gather'> = {
  backward(call) {
    const { g } = call;
    const data = call.shape(0);
    const axis = call.axis(call.attributes.axis, data.length);
    const count = sizesOf(call.input(1)).reduce((product, size) => product * size, 1);
    const updates = reshapeTo(g, call.dY, [...data.slice(0, axis), count, ...data.slice(axis + 1)]);
    const alone = reshapeTo(
      g,
      call.input(1),
      data.map((_, at) => (at === axis ? count : 1)),
    );
    const indices = expandTo(g, alone, sizesOf(updates));
    return [g.scatterElements(zeros(g, data), indices, updates, { axis, reduction: 'add' })];
  },
};
