/** Where: X where the condition holds, else Y; all three broadcast. */
import { ANY } from './data-type-sets.js';
import { broadcast } from './dimensions.js';
import { operator } from './operator.js';

export const where = operator({
  inputs: ['condition', 'X', 'Y'],
  outputs: ['output'],
  attributes: {},
  infer(call) {
    call.dtypeAmong(0, ['bool']);
    const chosen = broadcast(call, call.shape(1), call.shape(2));
    return [{ dtype: call.commonDtype([1, 2], ANY), shape: broadcast(call, call.shape(0), chosen) }];
  },
});
