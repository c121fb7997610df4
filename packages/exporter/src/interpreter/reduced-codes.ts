/** TFLite's MEAN and SUM on int8: an integer sum, rescaled once. */
import { type QuantizedMultiplier, quantizeMultiplier } from '../integer/fixed-point.js';
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
  const rescaling = quantizeMultiplier(x.scale / y.scale);
  const { multiplier, shift } = operands.operation.operator === 'ReduceMean' ? divide(rescaling, size) : rescaling;
  const sums = new Int32Array(y.data.length);
  return () => {
    sums.fill(-x.zeroPoint * size);
    for (let i = 0; i < x.data.length; i++) sums[targets[i]!]! += x.data[i]!;
    for (let i = 0; i < sums.length; i++) {
      y.data[i] = requantize(sums[i]!, multiplier, shift, y.zeroPoint, ALL_CODES);
    }
  };
}

/**
 * A multiplier divided by a count, as TFLite's reference divides it: the mantissa, shifted left by the bits of the count (as far as
 * the shift stays at −31 or above), is divided and cut off.
 */
export function divide({ multiplier, shift }: QuantizedMultiplier, count: number): QuantizedMultiplier {
  const bits = Math.min(31 - Math.clz32(count), 31 + shift);
  return { multiplier: Number((BigInt(multiplier) << BigInt(bits)) / BigInt(count)), shift: shift - bits };
}
