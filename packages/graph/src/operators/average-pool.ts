/** AveragePool: the mean of every window of X [batch, channels, …]. */
import { defaulted, required } from './attributes.js';
import { IEEE_FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';
import { slidingWindow, windowAttributes } from './sliding-window.js';

export const averagePool = operator({
  inputs: ['X'],
  outputs: ['Y'],
  attributes: {
    ...windowAttributes,
    kernel_shape: required('ints'),
    ceil_mode: defaulted('flag', false),
    /** Whether padding counts in the divisor. */
    count_include_pad: defaulted('flag', false),
  },
  infer(call) {
    const dtype = call.dtypeAmong(0, IEEE_FLOAT);
    const x = call.ranked(0, 3);
    return [{ dtype, shape: [...x.slice(0, 2), ...slidingWindow(call, x, call.attributes.kernel_shape).output] }];
  },
});
