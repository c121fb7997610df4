/**
 * Transpose as another layout of the same tensor. Where its readers want an order that the tensor does not have it is brought
 * there at once, so that they share the TRANSPOSE.
 */
import { beforeTranspose, transposed } from '../layout/layout.js';
import type { Lowering } from './lowering.js';

export const lowerTranspose: Lowering<'Transpose'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { perm } = operation.attributes;
  const layout = transposed(context.anyLayoutOf(x), perm);
  const chosen = context.suits(y, layout) ? layout : context.preferredLayoutOf(y)!;
  context.alias(y, chosen, context.view(x, beforeTranspose(chosen, perm)));
};
