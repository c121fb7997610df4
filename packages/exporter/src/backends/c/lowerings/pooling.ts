/** MaxPool and AveragePool, channels last. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../lowering-context.js';
import { parameters, read, write } from '../program/step.js';
import { channelsLast } from '../views/preferred-orders.js';
import { slidingWindow } from './sliding-window.js';

export function lowerPooling(
  context: LoweringContext,
  operation: Operation<'MaxPool'> | Operation<'AveragePool'>,
  kernel: 'eb_max_pool_s8' | 'eb_average_pool_s8',
): void {
  const operands = context.operands(operation as Operation<'MaxPool'>);
  const x = operands.codes(0);
  const y = operands.outputCodes();
  const spatial = x.shape.slice(2);
  if (spatial.length > 2) operands.refuse(`slides over ${spatial.length} dimensions`, 'one or two are supported');
  const order = channelsLast(x.shape.length);
  const input = context.dense(operation.inputs[0]!, order);
  const output = context.define(operation.outputs[0]!, order);
  const window = slidingWindow(spatial, y.shape.slice(2), operation.attributes.kernel, operation.attributes);
  const value = { window, channels: x.shape[1]! };
  context.add(kernel, [parameters('eb_pooling', value), read(input), write(output)]);
}
