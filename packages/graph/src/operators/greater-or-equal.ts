/** GreaterOrEqual: A ≥ B with broadcasting, as bool. */
import { NUMERIC } from './data-type-sets.js';
import { comparisonOf } from './elementwise.js';
import { operator } from './operator.js';

export const greaterOrEqual = operator({
  inputs: ['A', 'B'],
  outputs: ['C'],
  attributes: {},
  infer: comparisonOf(NUMERIC),
});
