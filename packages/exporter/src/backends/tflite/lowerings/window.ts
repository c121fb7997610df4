/** Windows that slide, as TFLite has them: two dimensions, height first, and only two kinds of padding. */
import type { SlidingWindow } from '../../../integer/operations.js';
import { PADDING, type Padding } from '../schema/operator-options.js';

/** One dimension. */
export interface WindowSide {
  readonly stride: number;
  readonly dilation: number;
  readonly kernel: number;
  readonly input: number;
  readonly output: number;
  /** Zeros before the first element. */
  readonly before: number;
}

/** Height and width; a signal has height 1. */
export type Window = readonly [height: WindowSide, width: WindowSide];

const FLAT: WindowSide = { stride: 1, dilation: 1, kernel: 1, input: 1, output: 1, before: 0 };

/** @param input @param output shapes with batch and channels before the one or two dimensions of the window */
export function windowOf(
  { strides, dilations, pads }: SlidingWindow,
  kernel: readonly number[],
  input: readonly number[],
  output: readonly number[],
): Window {
  const sides = kernel.map((size, d) => ({
    stride: strides[d]!,
    dilation: dilations[d]!,
    kernel: size,
    input: input[d + 2]!,
    output: output[d + 2]!,
    before: pads[d]!,
  }));
  return sides.length === 1 ? [FLAT, sides[0]!] : [sides[0]!, sides[1]!];
}

/** Elements that the windows need behind the last one. */
export function paddedBehind({ stride, dilation, kernel, input, output, before }: WindowSide): number {
  return Math.max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input - before);
}

function isValid(side: WindowSide): boolean {
  return side.before === 0 && paddedBehind(side) === 0;
}

/** SAME puts the smaller half of the padding before the first element, and has an output for each stride begun. */
function isSame({ stride, dilation, kernel, input, output, before }: WindowSide): boolean {
  const total = Math.max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - input);
  return output === Math.ceil(input / stride) && before === Math.floor(total / 2);
}

/** @returns undefined where the padding must be added before. */
export function paddingOf(window: Window): Padding | undefined {
  if (window.every(isValid)) return 'VALID';
  return window.every(isSame) ? 'SAME' : undefined;
}

/** The part of Conv2DOptions, DepthwiseConv2DOptions and Pool2DOptions that says how the window moves. */
export function movement([height, width]: Window, padding: Padding) {
  return { padding: PADDING[padding], strideW: width.stride, strideH: height.stride };
}
