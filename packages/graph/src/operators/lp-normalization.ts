/** LpNormalization: X divided by its 1-norm or 2-norm along one axis (0 where the norm is 0). */
import { defaulted } from './attributes.js';
import { FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';

export const lpNormalization = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', -1), p: defaulted('int', 2) },
  infer(call) {
    const shape = call.ranked(0, 1);
    call.axis(call.attributes.axis, shape.length);
    if (call.attributes.p !== 1 && call.attributes.p !== 2) {
      call.fail(`attribute p is ${call.attributes.p}`, 'norms of order 1 and 2 exist');
    }
    return [{ dtype: call.dtypeAmong(0, FLOAT), shape }];
  },
});
