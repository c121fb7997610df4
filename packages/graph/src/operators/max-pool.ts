/** MaxPool: the maximum of every window of X [batch, channels, …], and its flat index in X if asked for. */
import { defaulted, required } from './attributes.js';
import { IEEE_FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';
import { slidingWindow, windowAttributes } from './sliding-window.js';

export const maxPool = operator({
  inputs: ['X'],
  outputs: ['Y', 'Indices?'],
  attributes: {
    ...windowAttributes,
    kernel_shape: required('ints'),
    ceil_mode: defaulted('flag', false),
    /** Whether indices count column by column. */
    storage_order: defaulted('flag', false),
  },
  infer(call) {
    const dtype = call.dtypeAmong(0, [...IEEE_FLOAT, 'int8', 'uint8']);
    const x = call.ranked(0, 3);
    const shape = [...x.slice(0, 2), ...slidingWindow(call, x, call.attributes.kernel_shape).output];
    return [
      { dtype, shape },
      { dtype: 'int64', shape },
    ];
  },
});
