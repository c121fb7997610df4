/** Greatest element under a window. */
import type { Lowering } from './lowering.js';
import { lowerPooling } from './pooling.js';

export const lowerMaxPool: Lowering<'MaxPool'> = (context, operation) =>
  lowerPooling(context, operation, 'eb_max_pool_s8');
