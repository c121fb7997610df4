/** Neg: −X. */
import { SIGNED } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const neg = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer: sameAsInput(SIGNED),
});
