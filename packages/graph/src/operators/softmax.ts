/** Softmax: exponentials along one axis, divided by their sum. */
import { defaulted } from './attributes.js';
import { FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';

export const softmax = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', -1) },
  infer(call) {
    const shape = call.ranked(0, 1);
    call.axis(call.attributes.axis, shape.length);
    return [{ dtype: call.dtypeAmong(0, FLOAT), shape }];
  },
});
