/** ScatterElements: `data` with each update at its own place, but for the axis, where its index says. */
import { defaulted } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { elementIndices } from './element-indices.js';
import { operator } from './operator.js';
import { scatterReduction } from './scatter-reduction.js';

export const scatterElements = operator({
  inputs: ['data', 'indices', 'updates'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', 0), reduction: scatterReduction },
  infer(call) {
    call.expectShape(2, elementIndices(call));
    return [{ dtype: call.commonDtype([0, 2], ANY), shape: call.shape(0) }];
  },
});
