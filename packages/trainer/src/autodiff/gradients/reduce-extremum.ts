/** ReduceMax and ReduceMin: the gradient goes to the extreme element, shared equally among equal ones. */
import type { Gradient, GradientCall } from '../gradient.js';
import { keptDimensions, reducedAxes } from './reduction.js';

function backward(call: GradientCall<'ReduceMax' | 'ReduceMin'>) {
  const { g } = call;
  const isExtreme = g.cast(g.equal(call.input(0), keptDimensions(call, call.output())), { to: 'float32' });
  const axes = reducedAxes(call);
  const ties = axes.length === 0 ? isExtreme : g.reduceSum(isExtreme, g.int64(axes));
  return [g.mul(isExtreme, g.div(keptDimensions(call, call.dY), ties))];
}

export const reduceMax: Gradient<'ReduceMax'> = { backward };
export const reduceMin: Gradient<'ReduceMin'> = { backward };
