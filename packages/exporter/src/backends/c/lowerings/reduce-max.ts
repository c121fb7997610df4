/** Greatest element over axes. */
import { parameters, read, write } from '../program/step.js';
import type { Lowering } from './lowering.js';
import { reduce } from './reduction.js';

export const lowerReduceMax: Lowering<'ReduceMax'> = (context, operation) => {
  const { axes } = operation.attributes;
  const { value, input, output } = reduce(context, operation.inputs[0]!, operation.outputs[0]!, axes);
  const kernel = output.buffer.type === 'int8' ? 'eb_reduce_max_s8' : 'eb_reduce_max_f32';
  context.add(kernel, [parameters('eb_reduction', value), read(input), write(output)]);
};
