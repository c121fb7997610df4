/** The same codes, read with another scale. */
import type { Lowering } from './lowering.js';
import { lowerReshape } from './reshape.js';

export const lowerRescale: Lowering<'Rescale'> = (context, operation) =>
  lowerReshape(context, { ...operation, operator: 'Reshape', attributes: {} });
