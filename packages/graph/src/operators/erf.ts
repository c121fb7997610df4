/** Erf: the error function, 2/√π times the integral of exp(−t²) from 0 to the element. */
import { NUMERIC } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const erf = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: {},
  infer: sameAsInput(NUMERIC),
});
