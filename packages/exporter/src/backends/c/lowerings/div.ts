/** Div of real numbers. */
import type { Lowering } from './lowering.js';
import { lowerRealPairs } from './spread.js';

export const lowerDiv: Lowering<'Div'> = (context, operation) => lowerRealPairs(context, operation, 'eb_div_f32');
