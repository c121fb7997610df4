/** Not: the opposite of X, a bool. */
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const not = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {},
  infer: sameAsInput(['bool']),
});
