/** ReduceL2: the square root of the sum of squares along axes. */
import { WIDE } from './data-type-sets.js';
import { operator } from './operator.js';
import { reductionAttributes, reductionOf } from './reduction.js';

export const reduceL2 = operator({
  inputs: ['data', 'axes?'],
  outputs: ['reduced'],
  attributes: reductionAttributes,
  infer: reductionOf(WIDE),
});
