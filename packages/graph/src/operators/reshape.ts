/** Reshape: the same elements in another shape; 0 copies a dimension (unless `allowzero`), one −1 takes what is left. */
import type { Dimension } from '../model.js';
import { defaulted } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { quotient, sameCount } from './dimensions.js';
import { operator } from './operator.js';

export const reshape = operator({
  inputs: ['data', 'shape'],
  outputs: ['reshaped'],
  attributes: { allowzero: defaulted('flag', false) },
  infer(call) {
    const dtype = call.dtypeAmong(0, ANY);
    const from = call.shape(0);
    call.dtypeAmong(1, ['int64']);
    const wanted = call.integers(1)!;
    const fails = (): never =>
      call.fail(
        `[${from.join(', ')}] does not reshape to [${wanted.join(', ')}]`,
        'the numbers of elements must be equal; 0 keeps a dimension, a single −1 stands for what is left, and the batch stays a dimension of its own',
      );
    if (wanted.some((size) => size < -1) || wanted.filter((size) => size === -1).length > 1) fails();
    const to = wanted.map<Dimension>((size, axis) =>
      size === 0 && !call.attributes.allowzero ? (from[axis] ?? fails()) : size,
    );
    const open = to.indexOf(-1);
    if (open >= 0) to[open] = quotient(from, to.toSpliced(open, 1)) ?? fails();
    if (!sameCount(from, to)) fails();
    return [{ dtype, shape: to }];
  },
});
