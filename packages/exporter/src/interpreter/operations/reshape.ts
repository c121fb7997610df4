/** The same elements in another shape. */
import { sameCount } from '../element-wise.js';
import { movedOperands } from '../moves.js';
import type { Prepare } from '../operands.js';

export const prepareReshape: Prepare<'Reshape'> = (operands) => {
  const { x, y } = movedOperands(operands);
  sameCount(operands, x, y);
  return () => y.data.set(x.data);
};
