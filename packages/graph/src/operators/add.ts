/** Add: A + B with broadcasting. */
import { NUMERIC } from './data-type-sets.js';
import { broadcastOf } from './elementwise.js';
import { operator } from './operator.js';

export const add = operator({
  inputs: ['A', 'B'],
  outputs: ['C'],
  attributes: {},
  infer: broadcastOf(NUMERIC),
});
