/** Every step-th element from a start on, along each dimension. */
import { affineIndices, strides } from '../indices.js';
import { prepareMove } from '../moves.js';
import type { Prepare } from '../operands.js';

export const prepareSlice: Prepare<'Slice'> = (operands) => {
  const { starts, steps } = operands.attributes;
  return prepareMove(operands, (shape, output) => {
    const own = strides(shape);
    const outside = output.some((count, d) => {
      const first = starts[d]!;
      const last = first + (count - 1) * steps[d]!;
      return !(Math.min(first, last) >= 0 && Math.max(first, last) < shape[d]!);
    });
    if (output.length !== shape.length || outside) {
      operands.refuse(`starts ${starts} and steps ${steps} lead out of [${shape}] on the way to [${output}]`);
    }
    return affineIndices(
      output,
      own.map((stride, d) => stride * steps[d]!),
      own.reduce((offset, stride, d) => offset + stride * starts[d]!, 0),
    );
  });
};
