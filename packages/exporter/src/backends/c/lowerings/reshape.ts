/** The same elements in another shape: another view where that is possible, otherwise one of a copy. */
import { natural, reshaped } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerReshape: Lowering<'Reshape'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { shape } = context.tensorOf(y);
  const view = context.view(x);
  context.alias(y, reshaped(view, shape) ?? reshaped(context.dense(x, natural(view.shape.length)), shape)!);
};
