/** Conv, channels last. */
import { elementCount } from '../../../interpreter/indices.js';
import { parameters, read, write } from '../program/step.js';
import { channelsLast } from '../views/preferred-orders.js';
import { natural } from '../views/view.js';
import type { Lowering } from './lowering.js';
import { outputChannels } from './output-channels.js';
import { slidingWindow } from './sliding-window.js';

export const lowerConv: Lowering<'Conv'> = (context, operation) => {
  const operands = context.operands(operation);
  const { group, clamp } = operation.attributes;
  const [xName, weightName] = operation.inputs as [string, string, string];
  const [yName] = operation.outputs as [string];
  const x = operands.codes(0);
  const weight = operands.weights(1);
  const y = operands.outputCodes();
  const spatial = x.shape.slice(2);
  if (spatial.length > 2) operands.refuse(`slides over ${spatial.length} dimensions`, 'one or two are supported');
  const [filters, channels, ...kernel] = weight.shape as [number, number, ...number[]];
  const order = channelsLast(x.shape.length);
  const input = context.dense(xName, order);
  const filterRows = context.reordered(weightName, [0, ...natural(kernel.length).map((d) => d + 2), 1]);
  const value = {
    window: slidingWindow(spatial, y.shape.slice(2), kernel, operation.attributes),
    input_channels: channels * group,
    filters,
    groups: group,
    input_zero_point: x.zeroPoint,
    weights: context.constant('weights', filterRows),
    outputs: outputChannels(context, operands, { x, weight, bias: operands.bias(2, filters), y }, clamp),
  };
  const patch = context.temporary(`${yName}/patch`, channels * elementCount(kernel), 'int8');
  const output = context.define(yName, order);
  context.add('eb_conv_s8', [
    parameters('eb_conv', value),
    read(input),
    write(output),
    { kind: 'scratch', buffer: patch },
  ]);
};
