/** Clip: elements limited to [min, max], two scalars of which either may be left out. */
import { NUMERIC } from './data-type-sets.js';
import { operator } from './operator.js';

export const clip = operator({
  inputs: ['input', 'min?', 'max?'],
  outputs: ['output'],
  attributes: {},
  infer(call) {
    call.expectShape(1, []);
    call.expectShape(2, []);
    return [{ dtype: call.commonDtype([0, 1, 2], NUMERIC), shape: call.shape(0) }];
  },
});
