/** Flatten: a matrix whose rows are the dimensions before `axis` and whose columns are the others. */
import type { Shape } from '../model.js';
import { defaulted } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { merge } from './dimensions.js';
import { operator } from './operator.js';

export const flatten = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: { axis: defaulted('int', 1) },
  infer(call) {
    const shape = call.shape(0);
    const { axis } = call.attributes;
    // Unlike elsewhere the rank itself is allowed: everything into rows.
    const at = axis === shape.length ? axis : call.axis(axis, shape.length);
    const side = (part: Shape) =>
      merge(part) ??
      call.fail(`[${part.join(', ')}] is no single dimension`, 'flatten the dimensions after the batch only: axis 1');
    return [{ dtype: call.dtypeAmong(0, ANY), shape: [side(shape.slice(0, at)), side(shape.slice(at))] }];
  },
});
