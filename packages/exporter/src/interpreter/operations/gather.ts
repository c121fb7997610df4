/** Chosen slices along an axis. */
import { affineIndices, strides } from '../indices.js';
import { prepareMove } from '../moves.js';
import type { Prepare } from '../operands.js';

/** Where the axis vanishes (one index that is a scalar) the elements are the same. */
export const prepareGather: Prepare<'Gather'> = (operands) => {
  const { axis, indices } = operands.attributes;
  return prepareMove(operands, (shape) => {
    const size = shape[axis] ?? 0;
    if (indices.some((index) => index < 0 || index >= size)) {
      operands.refuse(`indices ${indices} along dimension ${axis} of [${shape}]`);
    }
    const own = strides(shape);
    const rows = affineIndices(shape.slice(0, axis), own.slice(0, axis));
    const chosen = [...rows].flatMap((row) => indices.map((index) => row + index * own[axis]!));
    const inner = affineIndices(shape.slice(axis + 1), own.slice(axis + 1));
    return Int32Array.from(chosen.flatMap((start) => [...inner].map((offset) => start + offset)));
  });
};
