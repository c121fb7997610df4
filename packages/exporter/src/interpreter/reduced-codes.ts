/** TFLite's MEAN and SUM on int8: an integer sum, rescaled once. */
import { meanMultiplier, rescalingMultiplier } from '../integer/multipliers.js';
import { ALL_CODES } from '../integer/operations.js';
import type { Kernel, Operands } from './operands.js';
import { groups } from './reduction.js';
import { requantize } from './requantize.js';

/** Sums of so many codes less a zero point stay within int32. */
const LARGEST_GROUP = 8_421_504;

export function prepareReducedCodes(operands: Operands<'ReduceMean'> | Operands<'ReduceSum'>): Kernel {
  const x = operands.codes(0);
  const y = operands.outputCodes();
  const { targets, size } = groups(operands as Operands<'ReduceMean' | 'ReduceSum'>, x, y);
  if (size > LARGEST_GROUP) operands.refuse(`sums of ${size} codes; ${LARGEST_GROUP} is the most`, 'reduce fewer axes');
  const { multiplier, shift } =
    operands.operation.operator === 'ReduceMean'
      ? meanMultiplier(x.scale, y.scale, size)
      : rescalingMultiplier(x.scale, y.scale);
  const sums = new Int32Array(y.data.length);
  return () => {
    sums.fill(-x.zeroPoint * size);
    for (let i = 0; i < x.data.length; i++) sums[targets[i]!]! += x.data[i]!;
    for (let i = 0; i < sums.length; i++) {
      y.data[i] = requantize(sums[i]!, multiplier, shift, y.zeroPoint, ALL_CODES);
    }
  };
}
