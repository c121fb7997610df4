/** Gelu: X · Φ(X), Φ the normal distribution function, exact or by its tanh approximation. */
import { oneOf } from './attributes.js';
import { FLOAT } from './data-type-sets.js';
import { sameAsInput } from './elementwise.js';
import { operator } from './operator.js';

export const gelu = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: { approximate: oneOf('none', 'tanh') },
  infer: sameAsInput(FLOAT),
});
