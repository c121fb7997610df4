/** `eb_sliding_window` of Conv, MaxPool and AveragePool: one dimension is a width, with the height 1. */
import type { SlidingWindow } from '../../../integer/operations.js';
import type { CValue } from '../program/step.js';

/**
 * @param input, output, kernel spatial sizes, one or two
 */
export function slidingWindow(
  input: readonly number[],
  output: readonly number[],
  kernel: readonly number[],
  { strides, dilations, pads }: SlidingWindow,
): CValue {
  const [inputHeight, inputWidth] = pairOf(input, 1);
  const [outputHeight, outputWidth] = pairOf(output, 1);
  const [kernelHeight, kernelWidth] = pairOf(kernel, 1);
  const [strideHeight, strideWidth] = pairOf(strides, 1);
  const [dilationHeight, dilationWidth] = pairOf(dilations, 1);
  const [padTop, padLeft] = pairOf(pads.slice(0, input.length), 0);
  return {
    input_height: inputHeight,
    input_width: inputWidth,
    output_height: outputHeight,
    output_width: outputWidth,
    kernel_height: kernelHeight,
    kernel_width: kernelWidth,
    stride_height: strideHeight,
    stride_width: strideWidth,
    dilation_height: dilationHeight,
    dilation_width: dilationWidth,
    pad_top: padTop,
    pad_left: padLeft,
  };
}

function pairOf(values: readonly number[], height: number): [number, number] {
  return values.length === 1 ? [height, values[0]!] : [values[0]!, values[1]!];
}
