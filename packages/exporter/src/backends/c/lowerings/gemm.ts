/** A fully connected layer over the last dimension. */
import { elementCount } from '../../../interpreter/indices.js';
import { parameters, read, write } from '../program/step.js';
import { natural } from '../views/view.js';
import type { Lowering } from './lowering.js';
import { outputChannels } from './output-channels.js';

export const lowerGemm: Lowering<'Gemm'> = (context, operation) => {
  const operands = context.operands(operation);
  const x = operands.codes(0);
  const weight = operands.weights(1);
  const y = operands.outputCodes();
  const [width, depth] = weight.shape as [number, number];
  const input = context.dense(operation.inputs[0]!, natural(x.shape.length));
  const value = {
    rows: elementCount(x.shape.slice(0, -1)),
    depth,
    width,
    weights: context.constant('weights', weight.data),
    outputs: outputChannels(
      context,
      operands,
      { x, weight, bias: operands.bias(2, width), y },
      operation.attributes.clamp,
    ),
  };
  const output = context.define(operation.outputs[0]!, natural(y.shape.length));
  context.add('eb_fully_connected_s8', [parameters('eb_fully_connected', value), read(input), write(output)]);
};
