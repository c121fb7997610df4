/** Repeats dimensions of size 1, as numpy does. */
import { spreadIndices } from '../indices.js';
import { prepareMove } from '../moves.js';
import type { Prepare } from '../operands.js';

export const prepareExpand: Prepare<'Expand'> = (operands) =>
  prepareMove(
    operands,
    (shape, output) => spreadIndices(shape, output) ?? operands.refuse(`[${shape}] does not spread to [${output}]`),
  );
