/** Convolution over one or two dimensions, in groups. */
import { elementCount } from '../indices.js';
import { multiplyRows } from '../matrix-product.js';
import type { Prepare } from '../operands.js';
import { prepareOutputChannels } from '../output-channels.js';
import { requantize } from '../requantize.js';
import { coversDimensions, PADDING, windowIndices } from '../sliding-window.js';

/**
 * Padding is the input's zero point, so that it contributes nothing. The elements under each output position are laid out as a row
 * as long as a filter; then filters are multiplied by rows.
 */
export const prepareConv: Prepare<'Conv'> = (operands) => {
  const { group, clamp } = operands.attributes;
  const x = operands.codes(0);
  const weight = operands.weights(1);
  const y = operands.outputCodes();
  const [filters = 0, channels = 0, ...kernel] = weight.shape;
  const bias = operands.bias(2, filters);
  const spatial = x.shape.slice(2);
  const outputSpatial = y.shape.slice(2);
  if (
    x.shape[0] !== 1 ||
    x.shape[1] !== channels * group ||
    y.shape[1] !== filters ||
    filters % group !== 0 ||
    kernel.length !== spatial.length ||
    outputSpatial.length !== spatial.length ||
    !coversDimensions(operands.attributes, spatial.length)
  ) {
    operands.refuse(
      `x [${x.shape}], weight [${weight.shape}], y [${y.shape}] and ${group} groups do not go together; the batch is 1`,
    );
  }

  const taps = elementCount(kernel);
  const depth = channels * taps;
  const size = elementCount(spatial);
  const positions = elementCount(outputSpatial);
  const groupFilters = filters / group;
  const sources = windowIndices(spatial, outputSpatial, kernel, operands.attributes);
  const { offsets, multipliers, shifts } = prepareOutputChannels(operands, x, weight, bias, y);
  const patches = new Int8Array(positions * depth);
  const sums = new Int32Array(filters * positions);

  const layOut = (firstChannel: number) => {
    let at = 0;
    for (let position = 0; position < positions; position++) {
      const first = position * taps;
      for (let c = firstChannel; c < firstChannel + channels; c++) {
        for (let tap = first; tap < first + taps; tap++) {
          const source = sources[tap]!;
          patches[at++] = source === PADDING ? x.zeroPoint : x.data[c * size + source]!;
        }
      }
    }
  };

  return () => {
    for (let g = 0; g < group; g++) {
      layOut(g * channels);
      const filterRows = { codes: weight.data, start: g * groupFilters * depth, count: groupFilters };
      const patchRows = { codes: patches, start: 0, count: positions };
      multiplyRows(filterRows, patchRows, depth, sums, g * groupFilters * positions);
    }
    for (let o = 0, at = 0; o < filters; o++) {
      const offset = offsets[o]!;
      const multiplier = multipliers[o]!;
      const shift = shifts[o]!;
      for (let position = 0; position < positions; position++, at++) {
        y.data[at] = requantize((sums[at]! + offset) | 0, multiplier, shift, y.zeroPoint, clamp);
      }
    }
  };
};
