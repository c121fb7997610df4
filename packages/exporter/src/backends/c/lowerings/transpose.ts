/** Dimensions in another order: another view. */
import { transposed } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerTranspose: Lowering<'Transpose'> = (context, operation) =>
  context.alias(operation.outputs[0]!, transposed(context.view(operation.inputs[0]!), operation.attributes.perm));
