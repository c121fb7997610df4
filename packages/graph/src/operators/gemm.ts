/** Gemm: alpha · A' · B' + beta · C, where A' and B' are A and B, transposed if asked, and C broadcasts. */
import { defaulted } from './attributes.js';
import { WIDE } from './data-type-sets.js';
import { broadcast } from './dimensions.js';
import { operator } from './operator.js';

export const gemm = operator({
  inputs: ['A', 'B', 'C?'],
  outputs: ['Y'],
  attributes: {
    alpha: defaulted('float', 1),
    beta: defaulted('float', 1),
    transA: defaulted('flag', false),
    transB: defaulted('flag', false),
  },
  infer(call) {
    const { transA, transB } = call.attributes;
    const dtype = call.commonDtype([0, 1, 2], WIDE);
    const a = call.ranked(0, 2, 2);
    const b = call.ranked(1, 2, 2);
    const [rows, inner] = transA ? [a[1]!, a[0]!] : [a[0]!, a[1]!];
    const [innerB, columns] = transB ? [b[1]!, b[0]!] : [b[0]!, b[1]!];
    if (inner !== innerB) {
      call.fail(`the inner dimensions are ${inner} and ${innerB}`, 'they must be equal; look at transA and transB');
    }
    const shape = [rows, columns];
    if (call.has(2)) {
      const c = call.ranked(2, 0, 2);
      const joint = broadcast(call, shape, c);
      if (joint.some((size, axis) => size !== shape[axis])) {
        call.fail(`C is [${c.join(', ')}]`, `it must broadcast to [${shape.join(', ')}]`);
      }
    }
    return [{ dtype, shape }];
  },
});
