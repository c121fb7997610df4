/** ReduceMin: the minimum along axes. */
import { WIDE } from './data-type-sets.js';
import { operator } from './operator.js';
import { reductionAttributes, reductionOf } from './reduction.js';

export const reduceMin = operator({
  inputs: ['data', 'axes?'],
  outputs: ['reduced'],
  attributes: reductionAttributes,
  infer: reductionOf([...WIDE, 'int8', 'uint8', 'bool']),
});
