/**
 * Gemm as CONV_2D with filters of size 1: as exact, and TensorFlow Lite Micro takes one scale for each output there since its
 * first releases; of FULLY_CONNECTED only later ones do.
 */
import { rows, UNIT } from '../layout/layout.js';
import { PADDING } from '../schema/operator-options.js';
import { defineClamped } from './clamp.js';
import type { Lowering } from './lowering.js';
import { unsupported } from './unsupported.js';

export const lowerGemm: Lowering<'Gemm'> = (context, operation) => {
  const [x, weight, bias] = operation.inputs as [string, string, string];
  const [y] = operation.outputs as [string];
  const rank = context.shapeOf(x).length;
  if (rank > 4) {
    throw unsupported(operation, `has no fully connected layer over ${rank} dimensions`, 'up to four are supported');
  }
  const inputs = [context.view(x, rows(rank)), context.view(weight, [0, UNIT, UNIT, 1]), context.view(bias, [0])];
  defineClamped(context, y, rows(rank), operation.attributes.clamp, (output, activation) =>
    context.builder.operator('CONV_2D', inputs, output, {
      table: 'Conv2D',
      padding: PADDING.VALID,
      strideW: 1,
      strideH: 1,
      activation,
    }),
  );
};
