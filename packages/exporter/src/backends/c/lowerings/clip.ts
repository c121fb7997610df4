/** Relu or Clip of codes that stands alone. */
import type { Lowering } from './lowering.js';
import { lowerRequantization } from './table.js';

export const lowerClip: Lowering<'Clip'> = (context, operation) =>
  lowerRequantization(context, operation, operation.attributes.clamp);
