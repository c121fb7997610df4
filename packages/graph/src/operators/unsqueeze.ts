/** Unsqueeze: with dimensions of size 1 put in, so that they stand at `axes` of the result. */
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const unsqueeze = operator({
  inputs: ['data', 'axes'],
  outputs: ['expanded'],
  attributes: {},
  infer(call) {
    const dtype = call.dtypeAmong(0, ANY);
    const given = call.integers(1)!;
    const rest = [...call.shape(0)];
    const rank = rest.length + given.length;
    const axes = call.axes(given, rank);
    return [{ dtype, shape: Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!)) }];
  },
});
