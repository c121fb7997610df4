/** Max: the greatest of the inputs, element by element, with broadcasting; NaN where any is NaN. */
import { NUMERIC } from './data-type-sets.js';
import { broadcastOfAll } from './elementwise.js';
import { operator } from './operator.js';

export const max = operator({
  inputs: ['data_0...'],
  outputs: ['max'],
  attributes: {},
  infer: broadcastOfAll(NUMERIC),
});
