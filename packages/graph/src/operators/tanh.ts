/** Tanh: the hyperbolic tangent. */
import { FLOAT } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const tanh = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer: sameAsInput(FLOAT),
});
