/** Slice: the gradient put back to where the elements came from, zeros elsewhere. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { type Gradient, sizesOf } from '../gradient.js';
import { reshapeTo } from './broadcast.js';

export const slice: Gradient<'Slice'> = {
  backward(call) {
    const shape = call.shape(0);
    const starts = call.integers(1)!;
    const axes = (call.integers(3) ?? starts.map((_, index) => index)).map((axis) => call.axis(axis, shape.length));
    const steps = call.integers(4) ?? starts.map(() => 1);
    let gradient = call.dY;
    axes.forEach((axis, index) => {
      const size = shape[axis]!;
      const count = sizesOf(gradient)[axis]!;
      const step = steps[index]!;
      // Where the first element came from, by the standard's rules for negative and too large starts.
      const raw = starts[index]! < 0 ? starts[index]! + size : starts[index]!;
      const first = Math.min(Math.max(raw, 0), step > 0 ? size : size - 1);
      gradient = unslice(call.g, gradient, axis, { size, count, step, first });
    });
    return [gradient];
  },
};

interface SlicedAxis {
  /** Of the input. */
  readonly size: number;
  /** Elements that were taken. */
  readonly count: number;
  readonly step: number;
  /** Index of the first of them. */
  readonly first: number;
}

function unslice(g: GraphBuilder, gradient: Value, axis: number, { size, count, step, first }: SlicedAxis): Value {
  if (count === size && step === 1) return gradient;
  const last = first + (count - 1) * step;
  const rising = step < 0 ? reversed(g, gradient, axis) : gradient;
  const spread = spreadOut(g, rising, axis, Math.abs(step));
  const lowest = Math.min(first, last);
  const end = size - lowest - ((count - 1) * Math.abs(step) + 1);
  return g.pad(spread, g.int64([lowest, end]), undefined, g.int64([axis]));
}

function reversed(g: GraphBuilder, value: Value, axis: number): Value {
  return g.slice(value, g.int64([-1]), g.int64([-(2 ** 31)]), g.int64([axis]), g.int64([-1]));
}

/** `step − 1` zeros between neighbours along an axis. */
function spreadOut(g: GraphBuilder, value: Value, axis: number, step: number): Value {
  if (step === 1) return value;
  const sizes = sizesOf(value);
  const count = sizes[axis]!;
  const lone = reshapeTo(g, value, [...sizes.slice(0, axis + 1), 1, ...sizes.slice(axis + 1)]);
  const padded = g.pad(lone, g.int64([0, step - 1]), undefined, g.int64([axis + 1]));
  const flat = reshapeTo(g, padded, [...sizes.slice(0, axis), count * step, ...sizes.slice(axis + 1)]);
  return g.slice(flat, g.int64([0]), g.int64([(count - 1) * step + 1]), g.int64([axis]));
}
