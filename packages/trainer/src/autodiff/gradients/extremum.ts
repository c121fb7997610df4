/** Max and Min of several inputs: the gradient goes to the extreme one, shared equally among equal ones. */
import type { Value } from '@edgebeat/graph';
import type { Gradient, GradientCall } from '../gradient.js';
import { sumToShape } from './broadcast.js';

function backward(call: GradientCall<'Max' | 'Min'>): (Value | undefined)[] {
  const { g } = call;
  const indices = Array.from({ length: call.inputCount }, (_, index) => index);
  const isExtreme = indices.map((index) => g.cast(g.equal(call.input(index), call.output()), { to: 'float32' }));
  const share = g.div(
    call.dY,
    isExtreme.reduce((sum, one) => g.add(sum, one)),
  );
  return indices.map((index) =>
    call.wants(index) ? sumToShape(g, g.mul(isExtreme[index]!, share), call.shape(index)) : undefined,
  );
}

export const max: Gradient<'Max'> = { backward };
export const min: Gradient<'Min'> = { backward };
