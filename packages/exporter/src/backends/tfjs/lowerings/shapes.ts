/** Reshape, Flatten, Squeeze, Unsqueeze, Identity, Transpose: the same elements, named or ordered otherwise. */
import type { OperatorName } from '@edgebeat/graph';
import { type LoweringCall, moves } from '../lowering-call.js';

export const reshape = moves<'Reshape'>(toOutputShape);
export const flatten = moves<'Flatten'>(toOutputShape);
export const squeeze = moves<'Squeeze'>(toOutputShape);
export const unsqueeze = moves<'Unsqueeze'>(toOutputShape);

function toOutputShape<K extends OperatorName>(call: LoweringCall<K>): void {
  call.output(call.reshape(call.input(0), call.outputShape()));
}

/** No node: whoever reads the output reads the input. */
export const identity = moves<'Identity'>((call) => {
  if (call.isImageOnly(0)) call.outputImage(call.image(0));
  else call.output(call.input(0));
});

export const transpose = moves<'Transpose'>((call) => {
  const rank = call.shape(0).length;
  const perm = call.attributes.perm ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  // An image is its value with the channels last already.
  if (
    call.isImageOnly(0) &&
    perm.join() === [0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2), 1].join()
  ) {
    call.output(rank === 4 ? call.image(0) : call.reshape(call.image(0), call.outputShape()));
    return;
  }
  call.output(call.transpose(call.input(0), perm));
});
