/** Log: the natural logarithm; −∞ for 0, NaN for negative elements. */
import { FLOAT } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const log = operator({
  inputs: ['input'],
  outputs: ['output'],
  attributes: {},
  infer: sameAsInput(FLOAT),
});
