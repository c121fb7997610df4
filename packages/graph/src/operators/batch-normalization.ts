/**
 * BatchNormalization: (X − mean) / sqrt(variance + epsilon) · scale + B, per channel (dimension 1). In training mode mean
 * and variance are those of the batch, and the running statistics come out updated.
 */
import { defaulted } from './attributes.js';
import { FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';

export const batchNormalization = operator({
  inputs: ['X', 'scale', 'B', 'input_mean', 'input_var'],
  outputs: ['Y', 'running_mean?', 'running_var?'],
  attributes: {
    epsilon: defaulted('float', 1e-5),
    momentum: defaulted('float', 0.9),
    training_mode: defaulted('flag', false),
  },
  infer(call) {
    const dtype = call.dtypeAmong(0, FLOAT);
    const x = call.ranked(0, 2);
    call.commonDtype([1, 2], FLOAT);
    const statistics = call.commonDtype([3, 4], FLOAT);
    for (let index = 1; index < 5; index++) call.expectShape(index, [x[1]!]);
    if (call.outputCount > 1 && !call.attributes.training_mode) {
      call.fail('asks for running statistics outside training mode', 'set training_mode or take the first output only');
    }
    return [
      { dtype, shape: x },
      { dtype: statistics, shape: [x[1]!] },
      { dtype: statistics, shape: [x[1]!] },
    ];
  },
});
