/** GlobalAveragePool: the mean over all dimensions after batch and channels, which stay with size 1. */
import { IEEE_FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';

export const globalAveragePool = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer(call) {
    const x = call.ranked(0, 3);
    return [{ dtype: call.dtypeAmong(0, IEEE_FLOAT), shape: x.map((size, axis) => (axis < 2 ? size : 1)) }];
  },
});
