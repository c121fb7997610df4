/** Equal: A = B with broadcasting, as bool. */
import { ANY } from './data-type-sets.js';
import { comparisonOf } from './elementwise.js';
import { operator } from './operator.js';

export const equal = operator({
  inputs: ['A', 'B'],
  outputs: ['C'],
  attributes: {},
  infer: comparisonOf(ANY),
});
