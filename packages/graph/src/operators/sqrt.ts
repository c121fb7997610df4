/** Sqrt: the square root; NaN for negative elements. */
import { FLOAT } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const sqrt = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer: sameAsInput(FLOAT),
});
