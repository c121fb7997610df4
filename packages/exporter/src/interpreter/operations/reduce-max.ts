/** Greatest element over axes. */
import { movedOperands } from '../moves.js';
import type { Prepare } from '../operands.js';
import { groups } from '../reduction.js';

export const prepareReduceMax: Prepare<'ReduceMax'> = (operands) => {
  const { x, y } = movedOperands(operands);
  const { targets } = groups(operands, x, y);
  const least = y.dtype === 'int8' ? -128 : Number.NEGATIVE_INFINITY;
  return () => {
    y.data.fill(least);
    for (let i = 0; i < x.data.length; i++) {
      const target = targets[i]!;
      if (x.data[i]! > y.data[target]!) y.data[target] = x.data[i]!;
    }
  };
};
