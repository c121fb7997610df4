/** Split: pieces along an axis, of the sizes in `split`, or `num_outputs` equal ones (the last may be smaller). */
import type { AttributesOf } from './attributes.js';
import { defaulted, optional } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { type OperatorCall, operator } from './operator.js';

const attributes = { axis: defaulted('int', 0), num_outputs: optional('int') } as const;

export const split = operator({
  inputs: ['input', 'split?'],
  outputs: ['outputs...'],
  attributes,
  infer(call) {
    const dtype = call.dtypeAmong(0, ANY);
    const shape = call.ranked(0, 1);
    const axis = call.axis(call.attributes.axis, shape.length);
    const size = call.size(shape[axis]!, `axis ${axis}`);
    const pieces = pieceSizes(call, size);
    if (pieces.some((piece) => piece < 0) || pieces.reduce((total, piece) => total + piece, 0) !== size) {
      call.fail(`pieces of [${pieces.join(', ')}] do not make up ${size}`, 'their sum must be the size of the axis');
    }
    if (call.outputCount !== pieces.length) {
      call.fail(`${pieces.length} pieces for ${call.outputCount} outputs`, 'give as many outputs as pieces');
    }
    return pieces.map((piece) => ({ dtype, shape: shape.with(axis, piece) }));
  },
  countOutputs: (call) => call.integers(1)?.length ?? call.attributes.num_outputs ?? 1,
});

function pieceSizes(call: OperatorCall<AttributesOf<typeof attributes>>, size: number): number[] {
  const { num_outputs } = call.attributes;
  const stated = call.integers(1);
  if ((stated === undefined) === (num_outputs === undefined)) {
    call.fail('either the input split or the attribute num_outputs must be given', 'give one of the two');
  }
  if (stated) return stated;
  if (num_outputs !== call.outputCount) {
    call.fail(`num_outputs is ${num_outputs} for ${call.outputCount} outputs`, 'give as many outputs as pieces');
  }
  const piece = Math.ceil(size / num_outputs!);
  return Array.from({ length: num_outputs! }, (_, index) => Math.min(piece, size - index * piece));
}
