/** MaxPool as MAX_POOL_2D; a padding of its own is one with the least code. */
import { padExplicitly } from './explicit-padding.js';
import type { Lowering } from './lowering.js';
import { lowerPooling } from './pooling.js';

const LEAST = -128;

export const lowerMaxPool: Lowering<'MaxPool'> = (context, operation) =>
  lowerPooling(context, operation, 'MAX_POOL_2D', (input, window) => padExplicitly(context, input, window, LEAST));
