/** ArgMax: where along an axis the greatest element stands; of equal ones the first, or the last. */
import { defaulted } from './attributes.js';
import { NUMERIC } from './data-type-sets.js';
import { operator } from './operator.js';

export const argMax = operator({
  inputs: ['data'],
  outputs: ['reduced'],
  attributes: {
    axis: defaulted('int', 0),
    keepdims: defaulted('flag', true),
    select_last_index: defaulted('flag', false),
  },
  infer(call) {
    call.dtypeAmong(0, NUMERIC);
    const shape = call.ranked(0, 1);
    const axis = call.axis(call.attributes.axis, shape.length);
    return [{ dtype: 'int64', shape: call.attributes.keepdims ? shape.with(axis, 1) : shape.toSpliced(axis, 1) }];
  },
});
