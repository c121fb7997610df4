/** Squeeze: without the dimensions of size 1 that `axes` names, or without any of them. */
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const squeeze = operator({
  inputs: ['data', 'axes?'],
  outputs: ['squeezed'],
  attributes: {},
  infer(call) {
    const dtype = call.dtypeAmong(0, ANY);
    const shape = call.shape(0);
    const given = call.integers(1);
    if (!given) return [{ dtype, shape: shape.filter((size) => size !== 1) }];
    const axes = call.axes(given, shape.length);
    for (const axis of axes) {
      if (shape[axis] !== 1) {
        call.fail(`axis ${axis} of [${shape.join(', ')}] is ${shape[axis]}`, 'only dimensions of size 1 can go');
      }
    }
    return [{ dtype, shape: shape.filter((_, axis) => !axes.includes(axis)) }];
  },
});
