/** Zeros around a tensor; of codes, the zero point. */
import { affineIndices, strides } from '../indices.js';
import { prepareMove } from '../moves.js';
import type { Prepare } from '../operands.js';
import { PADDING } from '../sliding-window.js';

export const preparePad: Prepare<'Pad'> = (operands) => {
  const { pads } = operands.attributes;
  return prepareMove(operands, (shape, output) => {
    const rank = shape.length;
    if (output.length !== rank || shape.some((size, d) => pads[d]! + size + pads[d + rank]! !== output[d])) {
      operands.refuse(`[${shape}] with pads ${pads} is not [${output}]`);
    }
    if (pads.some((pad) => pad < 0)) operands.refuse(`pads ${pads}; none may be negative`, 'use Slice');
    const outer = strides(output);
    const start = outer.reduce((offset, stride, d) => offset + stride * pads[d]!, 0);
    const sources = new Int32Array(output.reduce((product, size) => product * size, 1)).fill(PADDING);
    for (const [source, target] of affineIndices(shape, outer, start).entries()) sources[target] = source;
    return sources;
  });
};
