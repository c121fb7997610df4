/** Gather: entries of `data` along an axis, picked by `indices`, whose shape takes that axis' place. */
import { defaulted } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const gather = operator({
  inputs: ['data', 'indices'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', 0) },
  infer(call) {
    const data = call.ranked(0, 1);
    call.dtypeAmong(1, ['int64', 'int32']);
    const axis = call.axis(call.attributes.axis, data.length);
    return [
      { dtype: call.dtypeAmong(0, ANY), shape: [...data.slice(0, axis), ...call.shape(1), ...data.slice(axis + 1)] },
    ];
  },
});
