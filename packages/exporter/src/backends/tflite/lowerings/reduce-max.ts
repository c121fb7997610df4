/** ReduceMax as REDUCE_MAX. */
import type { Lowering } from './lowering.js';
import { lowerReduction } from './reduction.js';

export const lowerReduceMax: Lowering<'ReduceMax'> = (context, operation) =>
  lowerReduction(context, operation, 'REDUCE_MAX');
