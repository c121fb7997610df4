/** LogSoftmax: the logarithm of Softmax along one axis. */
import { defaulted } from './attributes.js';
import { FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';

export const logSoftmax = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', -1) },
  infer(call) {
    const shape = call.ranked(0, 1);
    call.axis(call.attributes.axis, shape.length);
    return [{ dtype: call.dtypeAmong(0, FLOAT), shape }];
  },
});
