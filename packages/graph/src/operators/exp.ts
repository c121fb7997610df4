/** Exp: e to the power of the elements. */
import { FLOAT } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const exp = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: {},
  infer: sameAsInput(FLOAT),
});
