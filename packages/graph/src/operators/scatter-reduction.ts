/** What ScatterElements and ScatterND do with an update: put it in place of the element, or reduce it into the element. */
import { oneOf } from './attributes.js';

export const scatterReduction = oneOf('none', 'add', 'mul', 'max', 'min');
