/** From one scale and zero point to another. */
import type { Lowering } from './lowering.js';
import { lowerRequantization } from './table.js';

export const lowerRequantize: Lowering<'Requantize'> = (context, operation) => lowerRequantization(context, operation);
