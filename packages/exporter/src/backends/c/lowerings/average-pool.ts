/** Mean of the elements under a window. */
import type { Lowering } from './lowering.js';
import { lowerPooling } from './pooling.js';

export const lowerAveragePool: Lowering<'AveragePool'> = (context, operation) =>
  lowerPooling(context, operation, 'eb_average_pool_s8');
