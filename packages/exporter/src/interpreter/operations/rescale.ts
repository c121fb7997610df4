/** The same codes, read with another scale. */
import { sameCount } from '../element-wise.js';
import type { Prepare } from '../operands.js';

export const prepareRescale: Prepare<'Rescale'> = (operands) => {
  const x = operands.codes(0);
  const y = operands.outputCodes();
  sameCount(operands, x, y);
  if (x.zeroPoint !== y.zeroPoint)
    operands.refuse(`keeps codes, but the zero points are ${x.zeroPoint}, ${y.zeroPoint}`);
  return () => y.data.set(x.data);
};
