/** GatherElements: for each index the element of `data` at its own place, but for the axis, where the index says. */
import { defaulted } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { elementIndices } from './element-indices.js';
import { operator } from './operator.js';

export const gatherElements = operator({
  inputs: ['data', 'indices'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', 0) },
  infer(call) {
    return [{ dtype: call.dtypeAmong(0, ANY), shape: elementIndices(call) }];
  },
});
