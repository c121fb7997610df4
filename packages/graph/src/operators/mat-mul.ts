/** MatMul: the matrix product over the last two dimensions, the others broadcast; vectors as NumPy's matmul has them. */
import { WIDE } from './data-type-sets.js';
import { broadcast } from './dimensions.js';
import { operator } from './operator.js';

export const matMul = operator({
  inputs: ['A', 'B'],
  outputs: ['Y'],
  attributes: {},
  infer(call) {
    const dtype = call.commonDtype([0, 1], WIDE);
    const a = call.ranked(0, 1);
    const b = call.ranked(1, 1);
    const left = a.length === 1 ? [1, ...a] : a;
    const right = b.length === 1 ? [...b, 1] : b;
    if (left.at(-1) !== right.at(-2)) {
      call.fail(
        `[${a.join(', ')}] × [${b.join(', ')}]: ${left.at(-1)} columns against ${right.at(-2)} rows`,
        'the last dimension of A must be the last but one of B',
      );
    }
    const shape = [...broadcast(call, left.slice(0, -2), right.slice(0, -2))];
    if (a.length > 1) shape.push(left.at(-2)!);
    if (b.length > 1) shape.push(right.at(-1)!);
    return [{ dtype, shape }];
  },
});
