/** Dimensions in another order. */
import { affineIndices, strides } from '../indices.js';
import { prepareMove } from '../moves.js';
import type { Prepare } from '../operands.js';

export const prepareTranspose: Prepare<'Transpose'> = (operands) => {
  const { perm } = operands.attributes;
  return prepareMove(operands, (shape, output) => {
    if (perm.length !== shape.length || perm.some((from, d) => shape[from] !== output[d])) {
      operands.refuse(`[${shape}] permuted by ${perm} is not [${output}]`);
    }
    const own = strides(shape);
    return affineIndices(
      output,
      perm.map((from) => own[from]!),
    );
  });
};
