/** Product of two tensors element by element, codes or real numbers. */
import { mulMultiplier } from '../../integer/multipliers.js';
import { pair, prepareRealPairs } from '../element-wise.js';
import type { Kernel, Operands, Prepare } from '../operands.js';
import { requantize } from '../requantize.js';

export const prepareMul: Prepare<'Mul'> = (operands) =>
  operands.output().dtype === 'int8' ? prepareCodes(operands) : prepareRealPairs(operands, (a, b) => a * b);

function prepareCodes(operands: Operands<'Mul'>): Kernel {
  const { clamp } = operands.attributes;
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const pairs = pair(operands, a, b, y);
  const { multiplier, shift } = mulMultiplier(a.scale, b.scale, y.scale);
  return () => {
    for (let i = 0; i < y.data.length; i++) {
      const product = (a.data[pairs.a[i]!]! - a.zeroPoint) * (b.data[pairs.b[i]!]! - b.zeroPoint);
      y.data[i] = requantize(product, multiplier, shift, y.zeroPoint, clamp);
    }
  };
}
