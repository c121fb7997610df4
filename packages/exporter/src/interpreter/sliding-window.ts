/** Where a sliding window of Conv, MaxPool and AveragePool reads. */
import type { SlidingWindow } from '../integer/operations.js';
import { elementCount, strides as stridesOf } from './indices.js';

/** In place of an index: the element is padding. */
export const PADDING = -1;

/**
 * For each output position, and each tap of the kernel within it, the index of the input element among those of one channel.
 *
 * @param input spatial sizes
 * @param output spatial sizes
 * @returns [output positions, taps], both row-major
 */
export function windowIndices(
  input: readonly number[],
  output: readonly number[],
  kernel: readonly number[],
  window: SlidingWindow,
): Int32Array {
  const taps = elementCount(kernel);
  const positions = elementCount(output);
  const indices = new Int32Array(positions * taps);
  const inputStrides = stridesOf(input);
  const outputStrides = stridesOf(output);
  const kernelStrides = stridesOf(kernel);
  for (let position = 0; position < positions; position++) {
    for (let tap = 0; tap < taps; tap++) {
      let index = 0;
      for (let d = 0; d < input.length && index !== PADDING; d++) {
        const along = Math.floor(position / outputStrides[d]!) % output[d]!;
        const within = Math.floor(tap / kernelStrides[d]!) % kernel[d]!;
        const at = along * window.strides[d]! - window.pads[d]! + within * window.dilations[d]!;
        index = at < 0 || at >= input[d]! ? PADDING : index + at * inputStrides[d]!;
      }
      indices[position * taps + tap] = index;
    }
  }
  return indices;
}

/** Whether a window says something about each of so many dimensions. */
export function coversDimensions({ strides, dilations, pads }: SlidingWindow, dimensions: number): boolean {
  return strides.length === dimensions && dilations.length === dimensions && pads.length === 2 * dimensions;
}
