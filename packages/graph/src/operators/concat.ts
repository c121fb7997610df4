/** Concat: the inputs one after the other along an axis; their other dimensions are equal. */
import type { Dimension } from '../model.js';
import { required } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const concat = operator({
  inputs: ['inputs...'],
  outputs: ['concat_result'],
  attributes: { axis: required('int') },
  infer(call) {
    const indices = Array.from({ length: call.inputCount }, (_, index) => index);
    const dtype = call.commonDtype(indices, ANY);
    const first = call.ranked(0, 1);
    const axis = call.axis(call.attributes.axis, first.length);
    const shape: Dimension[] = [...first];
    for (const index of indices.slice(1)) {
      const other = call.ranked(index, first.length, first.length);
      if (other.some((size, at) => at !== axis && size !== first[at])) {
        call.fail(
          `${call.inputName(index)} is [${other.join(', ')}], the first is [${first.join(', ')}]`,
          `they may differ in axis ${axis} only`,
        );
      }
      const what = `axis ${axis}`;
      shape[axis] = call.size(shape[axis]!, what) + call.size(other[axis]!, what);
    }
    return [{ dtype, shape }];
  },
});
