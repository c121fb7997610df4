/** ReduceMean as MEAN. */
import type { Lowering } from './lowering.js';
import { lowerReduction } from './reduction.js';

export const lowerReduceMean: Lowering<'ReduceMean'> = (context, operation) =>
  lowerReduction(context, operation, 'MEAN');
