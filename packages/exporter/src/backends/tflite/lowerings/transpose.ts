/**
 * Transpose as another layout of the same tensor. Where its readers want an order that the tensor does not have it is brought
 * there at once, so that they share the TRANSPOSE.
 */
import { beforeTranspose, isSameBytes, transposed } from '../layout/layout.js';
import type { Lowering } from './lowering.js';

export const lowerTranspose: Lowering<'Transpose'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { perm } = operation.attributes;
  const layout = transposed(context.anyLayoutOf(x), perm);
  const preferred = context.preferredLayoutOf(y);
  const chosen = preferred && !isSameBytes(preferred, layout, context.shapeOf(y)) ? preferred : layout;
  context.alias(y, chosen, context.view(x, beforeTranspose(chosen, perm)));
};
