/** And: A and B, both bool, with broadcasting. */
import { broadcastOf } from './elementwise.js';
import { operator } from './operator.js';

export const and = operator({
  inputs: ['A', 'B'],
  outputs: ['C'],
  attributes: {},
  infer: broadcastOf(['bool']),
});
