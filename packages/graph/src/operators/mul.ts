/** Mul: A · B, element by element, with broadcasting. */
import { NUMERIC } from './data-type-sets.js';
import { broadcastOf } from './elementwise.js';
import { operator } from './operator.js';

export const mul = operator({
  inputs: ['A', 'B'],
  outputs: ['C'],
  attributes: {},
  infer: broadcastOf(NUMERIC),
});
