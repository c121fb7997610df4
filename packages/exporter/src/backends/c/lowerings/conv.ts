/** Conv, channels last. */
import { affineIndices, elementCount, strides } from '../../../interpreter/indices.js';
import type { Weights } from '../../../interpreter/operands.js';
import { parameters, read, write } from '../program/step.js';
import { channelsLast } from '../views/preferred-orders.js';
import type { Lowering } from './lowering.js';
import { outputChannels } from './output-channels.js';
import { slidingWindow } from './sliding-window.js';

export const lowerConv: Lowering<'Conv'> = (context, operation) => {
  const operands = context.operands(operation);
  const { group, clamp } = operation.attributes;
  const [xName] = operation.inputs as [string, string, string];
  const [yName] = operation.outputs as [string];
  const x = operands.codes(0);
  const weight = operands.weights(1);
  const y = operands.outputCodes();
  const spatial = x.shape.slice(2);
  if (spatial.length > 2) operands.refuse(`slides over ${spatial.length} dimensions`, 'one or two are supported');
  const [filters, channels, ...kernel] = weight.shape as [number, number, ...number[]];
  const order = channelsLast(x.shape.length);
  const input = context.dense(xName, order);
  const value = {
    window: slidingWindow(spatial, y.shape.slice(2), kernel, operation.attributes),
    input_channels: channels * group,
    filters,
    groups: group,
    input_zero_point: x.zeroPoint,
    weights: context.constant('weights', channelsLastFilters(weight)),
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

/** [O, C, …kernel] as [O, …kernel, C]. */
function channelsLastFilters({ shape, data }: Weights): Int8Array {
  const order = channelsLast(shape.length);
  const steps = strides(shape);
  const sources = affineIndices(
    order.map((axis) => shape[axis]!),
    order.map((axis) => steps[axis]!),
  );
  const codes = new Int8Array(data.length);
  for (const [i, source] of sources.entries()) codes[i] = data[source]!;
  return codes;
}
