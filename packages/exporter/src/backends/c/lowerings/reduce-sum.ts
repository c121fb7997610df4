/** Sum over axes. */
import type { Lowering } from './lowering.js';
import { lowerSum } from './sums.js';

export const lowerReduceSum: Lowering<'ReduceSum'> = (context, operation) => lowerSum(context, operation, false);
