/** What the gradients of reductions share: the axes, and the way back to the shape of the input. */
import type { Value } from '@edgebeat/graph';
import type { GradientCall } from '../gradient.js';
import { reshapeTo } from './broadcast.js';

type Reduction = 'ReduceMean' | 'ReduceSum' | 'ReduceL2' | 'ReduceMax' | 'ReduceMin';

/** The axes that were reduced, from 0 on. */
export function reducedAxes(call: GradientCall<Reduction>): number[] {
  const rank = call.shape(0).length;
  const given = (call.integers(1) ?? []).map((axis) => call.axis(axis, rank));
  if (given.length > 0) return given;
  return call.attributes.noop_with_empty_axes ? [] : call.shape(0).map((_, axis) => axis);
}

/** A value of the shape of the output, with the reduced dimensions at size 1, so that it broadcasts against the input. */
export function keptDimensions(call: GradientCall<Reduction>, value: Value): Value {
  const axes = reducedAxes(call);
  return reshapeTo(
    call.g,
    value,
    call.shape(0).map((size, axis) => (axes.includes(axis) ? 1 : size)),
  );
}
