/** The window of a convolution or pooling node, read off its attributes and the shapes it gave. */
import type { AttributesOf } from '../gradient.js';

type WindowAttributes = Pick<AttributesOf<'Conv'>, 'auto_pad' | 'pads' | 'strides' | 'dilations'>;

/** One spatial dimension. */
export interface SlidingAxis {
  /** Of the input, padding not counted. */
  readonly size: number;
  /** Positions of the window: size of the output. */
  readonly positions: number;
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the input. */
  readonly begin: number;
}

/**
 * @param input spatial sizes of the input. @param output those of the output. @param kernel those of the window.
 */
export function slidingAxes(
  { auto_pad, pads, strides, dilations }: WindowAttributes,
  input: readonly number[],
  output: readonly number[],
  kernel: readonly number[],
): SlidingAxis[] {
  return input.map((size, index) => {
    const stride = strides?.[index] ?? 1;
    const dilation = dilations?.[index] ?? 1;
    const taps = kernel[index]!;
    const positions = output[index]!;
    const missing = Math.max(0, (positions - 1) * stride + (taps - 1) * dilation + 1 - size);
    const begin = {
      NOTSET: pads?.[index] ?? 0,
      VALID: 0,
      SAME_UPPER: Math.floor(missing / 2),
      SAME_LOWER: Math.ceil(missing / 2),
    }[auto_pad];
    return { size, positions, taps, stride, dilation, begin };
  });
}

/** Padding after the input, as much as the window reaches; negative where it never reaches the input's end. */
export function paddingAfter({ size, positions, taps, stride, dilation, begin }: SlidingAxis): number {
  return (positions - 1) * stride + (taps - 1) * dilation + 1 - begin - size;
}
