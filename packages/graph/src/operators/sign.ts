/** Sign: −1, 0 or 1, as the element is negative, zero or positive. */
import { NUMERIC } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const sign = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: {},
  infer: sameAsInput(NUMERIC),
});
