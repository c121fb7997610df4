/** Mean over axes. */
import type { Lowering } from './lowering.js';
import { lowerSum } from './sums.js';

export const lowerReduceMean: Lowering<'ReduceMean'> = (context, operation) => lowerSum(context, operation, true);
