/** Every step-th element from a start on: another view. */
import { sliced } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerSlice: Lowering<'Slice'> = (context, operation) => {
  const { starts, steps } = operation.attributes;
  const [y] = operation.outputs as [string];
  context.alias(y, sliced(context.view(operation.inputs[0]!), starts, steps, context.tensorOf(y).shape));
};
