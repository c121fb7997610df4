/** Sigmoid: 1 / (1 + exp(−X)). */
import { FLOAT } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const sigmoid = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer: sameAsInput(FLOAT),
});
