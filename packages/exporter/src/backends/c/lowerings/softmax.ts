/** Softmax along the last dimension. */
import { exponentialTable } from '../../../integer/exponential-table.js';
import { parameters, read, write } from '../program/step.js';
import { isWhole } from '../views/view.js';
import type { Lowering } from './lowering.js';
import { rowsOf } from './rows.js';

export const lowerSoftmax: Lowering<'Softmax'> = (context, operation) => {
  const { scale } = context.operands(operation).codes(0);
  const { view, order, rows, depth } = rowsOf(context, operation.inputs[0]!);
  const output = context.define(operation.outputs[0]!, order);
  const value = { rows, depth, exponentials: context.constant('exponentials', exponentialTable(scale)) };
  context.add(
    'eb_softmax_s8',
    [parameters('eb_softmax', value), read(view), write(output)],
    isWhole(view) ? [view] : [],
  );
};
