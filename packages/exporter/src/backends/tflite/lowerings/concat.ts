/** Concat as CONCATENATION. */
import { positionOf } from '../layout/layout.js';
import { commonLayout } from './elementwise.js';
import type { Lowering } from './lowering.js';

export const lowerConcat: Lowering<'Concat'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  const layout = commonLayout(context, operation.inputs, y);
  const inputs = operation.inputs.map((x) => context.view(x, layout));
  const axis = positionOf(layout, operation.attributes.axis);
  context.builder.operator('CONCATENATION', inputs, context.define(y, layout), { table: 'Concatenation', axis });
};
