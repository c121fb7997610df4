/** To Euclidean norm 1 along the last dimension. */
import { parameters, read, write } from '../program/step.js';
import { isWhole } from '../views/view.js';
import type { Lowering } from './lowering.js';
import { rowsOf } from './rows.js';

export const lowerLpNormalization: Lowering<'LpNormalization'> = (context, operation) => {
  const { zeroPoint } = context.operands(operation).codes(0);
  const { view, order, rows, depth } = rowsOf(context, operation.inputs[0]!);
  const output = context.define(operation.outputs[0]!, order);
  const value = { rows, depth, zero_point: zeroPoint };
  context.add(
    'eb_l2_normalization_s8',
    [parameters('eb_l2_normalization', value), read(view), write(output)],
    isWhole(view) ? [view] : [],
  );
};
