/** Repeats dimensions of size 1: another view. */
import { spread } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerExpand: Lowering<'Expand'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  context.alias(y, spread(context.view(operation.inputs[0]!), context.tensorOf(y).shape));
};
