/** To Euclidean norm 1 along the last dimension: TFLite's L2_NORMALIZATION on int8. */
import { inverseSquareRoot } from '../../integer/inverse-square-root.js';
import { ALL_CODES } from '../../integer/operations.js';
import { sameCount } from '../element-wise.js';
import type { Prepare } from '../operands.js';
import { requantize } from '../requantize.js';

/** The output's scale is 2^−7. */
const OUTPUT_BITS = 7;
/** Squares of 255, so many of them stay within int32. */
const LONGEST_ROW = 33025;

export const prepareLpNormalization: Prepare<'LpNormalization'> = (operands) => {
  const x = operands.codes(0);
  const y = operands.outputCodes();
  const depth = x.shape.at(-1) ?? 1;
  sameCount(operands, x, y);
  if (y.scale !== 1 / 128 || y.zeroPoint !== 0) {
    operands.refuse(`output scale ${y.scale}, zero point ${y.zeroPoint}; only 1/128 and 0 are supported`);
  }
  if (depth > LONGEST_ROW) operands.refuse(`rows of ${depth}; ${LONGEST_ROW} is the most`, 'use a shorter embedding');
  return () => {
    for (let start = 0; start < x.data.length; start += depth) {
      const end = start + depth;
      let squares = 0;
      for (let i = start; i < end; i++) squares += (x.data[i]! - x.zeroPoint) ** 2;
      const { multiplier, shift } = inverseSquareRoot(squares);
      for (let i = start; i < end; i++) {
        y.data[i] = requantize(x.data[i]! - x.zeroPoint, multiplier, shift + OUTPUT_BITS, 0, ALL_CODES);
      }
    }
  };
};
