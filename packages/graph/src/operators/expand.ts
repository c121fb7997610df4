/** Expand: the input broadcast to a shape (and that shape to the input). */
import { ANY } from './data-type-sets.js';
import { broadcast } from './dimensions.js';
import { operator } from './operator.js';

export const expand = operator({
  inputs: ['input', 'shape'],
  outputs: ['output'],
  attributes: {},
  infer(call) {
    call.dtypeAmong(1, ['int64']);
    const wanted = call.integers(1)!;
    if (wanted.some((size) => size < 0)) call.fail(`shape is [${wanted.join(', ')}]`, 'sizes are from 0 on');
    return [{ dtype: call.dtypeAmong(0, ANY), shape: broadcast(call, call.shape(0), wanted) }];
  },
});
