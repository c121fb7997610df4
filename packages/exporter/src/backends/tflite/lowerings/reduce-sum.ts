/** ReduceSum as SUM. */
import type { Lowering } from './lowering.js';
import { lowerReduction } from './reduction.js';

export const lowerReduceSum: Lowering<'ReduceSum'> = (context, operation) => lowerReduction(context, operation, 'SUM');
