/** Cast: the elements converted to another type. */
import { defaulted, required } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const cast = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: {
    to: required('dataType'),
    /** Concerns 8-bit floats only. */
    saturate: defaulted('flag', true),
  },
  infer(call) {
    call.dtypeAmong(0, ANY);
    return [{ dtype: call.attributes.to, shape: call.shape(0) }];
  },
});
