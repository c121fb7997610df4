/** Identity: X unchanged. */
import { ANY } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const identity = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer: sameAsInput(ANY),
});
