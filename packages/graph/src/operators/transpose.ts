/** Transpose: dimensions in the order of `perm`, or reversed without it. */
import { optional } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const transpose = operator({
  inputs: ['data'],
  outputs: ['transposed'],
  attributes: { perm: optional('ints') },
  infer(call) {
    const shape = call.shape(0);
    const perm = call.attributes.perm ?? shape.map((_, axis) => shape.length - 1 - axis);
    if (perm.length !== shape.length || shape.some((_, axis) => !perm.includes(axis))) {
      call.fail(`perm is [${perm.join(', ')}]`, `it must hold each of the ${shape.length} axes once, counted from 0`);
    }
    return [{ dtype: call.dtypeAmong(0, ANY), shape: perm.map((axis) => shape[axis]!) }];
  },
});
