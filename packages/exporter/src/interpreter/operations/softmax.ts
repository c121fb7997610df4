/** Softmax along the last dimension, from tabulated exponentials. */
import { exponentialTable } from '../../integer/exponential-table.js';
import { sameCount } from '../element-wise.js';
import type { Prepare } from '../operands.js';

/** More than these and a sum of exponentials may leave uint32. */
const LONGEST_ROW = 65535;

/** e = exponentials of how far codes lie below the greatest; code = min(255, ⌊(256·e + ⌊sum / 2⌋) / sum⌋) − 128. */
export const prepareSoftmax: Prepare<'Softmax'> = (operands) => {
  const x = operands.codes(0);
  const y = operands.outputCodes();
  const depth = x.shape.at(-1) ?? 1;
  sameCount(operands, x, y);
  if (y.scale !== 1 / 256 || y.zeroPoint !== -128) {
    operands.refuse(`output scale ${y.scale}, zero point ${y.zeroPoint}; only 1/256 and −128 are supported`);
  }
  if (depth > LONGEST_ROW) operands.refuse(`rows of ${depth}; ${LONGEST_ROW} is the most`, 'use fewer classes');
  const exponentials = exponentialTable(x.scale);
  return () => {
    for (let start = 0; start < x.data.length; start += depth) {
      const end = start + depth;
      let most = -128;
      for (let i = start; i < end; i++) most = Math.max(most, x.data[i]!);
      let sum = 0;
      for (let i = start; i < end; i++) sum += exponentials[most - x.data[i]!]!;
      const half = Math.floor(sum / 2);
      for (let i = start; i < end; i++) {
        const share = Math.floor((exponentials[most - x.data[i]!]! * 256 + half) / sum);
        y.data[i] = Math.min(255, share) - 128;
      }
    }
  };
};
