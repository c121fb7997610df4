/** ReduceSum: the sum along axes. */
import { WIDE } from './data-type-sets.js';
import { operator } from './operator.js';
import { reductionAttributes, reductionOf } from './reduction.js';

export const reduceSum = operator({
  inputs: ['data', 'axes?'],
  outputs: ['reduced'],
  attributes: reductionAttributes,
  infer: reductionOf(WIDE),
});
