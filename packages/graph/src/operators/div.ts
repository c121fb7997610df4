/** Div: A / B with broadcasting; integers are truncated. */
import { NUMERIC } from './data-type-sets.js';
import { broadcastOf } from './elementwise.js';
import { operator } from './operator.js';

export const div = operator({
  inputs: ['A', 'B'],
  outputs: ['C'],
  attributes: {},
  infer: broadcastOf(NUMERIC),
});
