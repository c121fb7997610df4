/** Pow: X to the power of Y with broadcasting. The two element types may differ; the result has that of X. */
import { FLOAT, NUMERIC } from './data-type-sets.js';
import { broadcast } from './dimensions.js';
import { operator } from './operator.js';

export const pow = operator({
  inputs: ['X', 'Y'],
  outputs: ['Z'],
  attributes: {},
  infer(call) {
    call.dtypeAmong(1, NUMERIC);
    return [
      { dtype: call.dtypeAmong(0, [...FLOAT, 'int32', 'int64']), shape: broadcast(call, call.shape(0), call.shape(1)) },
    ];
  },
});
