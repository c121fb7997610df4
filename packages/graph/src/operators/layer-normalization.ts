/**
 * LayerNormalization: (X − mean) / sqrt(variance + epsilon) · Scale + B, mean and variance over the dimensions from `axis`
 * on. Mean and inverse deviation come out if asked for, with those dimensions kept at size 1.
 */
import type { DataType } from '../data-type.js';
import { defaulted } from './attributes.js';
import { FLOAT } from './data-type-sets.js';
import { broadcast } from './dimensions.js';
import { operator } from './operator.js';

/** Element types of the statistics, by `stash_type`. */
const stashTypes: ReadonlyMap<number, DataType> = new Map([
  [1, 'float32'],
  [16, 'bfloat16'],
]);

export const layerNormalization = operator({
  inputs: ['X', 'Scale', 'B?'],
  outputs: ['Y', 'Mean?', 'InvStdDev?'],
  attributes: {
    axis: defaulted('int', -1),
    epsilon: defaulted('float', 1e-5),
    stash_type: defaulted('int', 1),
  },
  infer(call) {
    const dtype = call.commonDtype([0, 1, 2], FLOAT);
    const x = call.ranked(0, 1);
    const axis = call.axis(call.attributes.axis, x.length);
    for (const index of [1, 2]) {
      if (!call.has(index)) continue;
      const normalised = x.slice(axis);
      const joint = broadcast(call, normalised, call.ranked(index, 0, normalised.length));
      if (joint.some((size, at) => size !== normalised[at])) {
        call.fail(
          `${call.inputName(index)} is [${call.shape(index).join(', ')}]`,
          `it must broadcast to [${normalised.join(', ')}]`,
        );
      }
    }
    const stash =
      stashTypes.get(call.attributes.stash_type) ??
      call.fail(`attribute stash_type is ${call.attributes.stash_type}`, '1 (float32) and 16 (bfloat16) exist');
    const statistics = { dtype: stash, shape: x.map((size, at) => (at < axis ? size : 1)) };
    return [{ dtype, shape: x }, statistics, statistics];
  },
});
