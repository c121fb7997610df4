/** What MaxPool and AveragePool share: the elements under each window. */
import { elementCount } from './indices.js';
import type { Codes, Operands, Reals } from './operands.js';
import { coversDimensions, windowIndices } from './sliding-window.js';

export interface Windows {
  /** Channels are alike. */
  readonly channels: number;
  /** Elements in an input channel. */
  readonly size: number;
  /** Windows in a channel. */
  readonly positions: number;
  /** Elements under a window. */
  readonly taps: number;
  /** [positions, taps]: index within the input channel, or PADDING. */
  readonly sources: Int32Array;
}

export function poolingWindows(
  operands: Operands<'MaxPool'> | Operands<'AveragePool'>,
  x: Codes | Reals,
  y: Codes | Reals,
): Windows {
  const { kernel } = operands.attributes;
  const spatial = x.shape.slice(2);
  const outputSpatial = y.shape.slice(2);
  if (
    spatial.length !== kernel.length ||
    outputSpatial.length !== kernel.length ||
    !coversDimensions(operands.attributes, kernel.length) ||
    `${x.shape.slice(0, 2)}` !== `${y.shape.slice(0, 2)}`
  ) {
    operands.refuse(`x [${x.shape}], y [${y.shape}] and a kernel of ${kernel} do not go together`);
  }
  const taps = elementCount(kernel);
  const positions = elementCount(outputSpatial);
  const sources = windowIndices(spatial, outputSpatial, kernel, operands.attributes);
  for (let position = 0; position < positions; position++) {
    if (sources.subarray(position * taps, (position + 1) * taps).every((source) => source < 0)) {
      operands.refuse(`window ${position} holds nothing but padding`, 'pad by less than the kernel');
    }
  }
  return { channels: elementCount(x.shape.slice(0, 2)), size: elementCount(spatial), positions, taps, sources };
}
