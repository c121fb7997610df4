/** AveragePool as AVERAGE_POOL_2D, which leaves padding out of the mean, too. */
import type { Lowering } from './lowering.js';
import { lowerPooling } from './pooling.js';
import { unsupported } from './unsupported.js';

export const lowerAveragePool: Lowering<'AveragePool'> = (context, operation) =>
  lowerPooling(context, operation, 'AVERAGE_POOL_2D', () => {
    throw unsupported(
      operation,
      `does not average with pads ${operation.attributes.pads.join(', ')}`,
      'no pads, or as many on either side as leave ⌈size / stride⌉ outputs, are supported',
    );
  });
