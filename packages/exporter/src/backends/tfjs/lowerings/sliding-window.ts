/** Strides, dilations and padding of convolution and pooling, for images: two spatial dimensions, the first 1 for signals. */
import type { Shape } from '@edgebeat/graph';

/** What Conv, MaxPool and AveragePool say of their window. */
interface WindowAttributes {
  readonly auto_pad: 'NOTSET' | 'SAME_UPPER' | 'SAME_LOWER' | 'VALID';
  readonly pads?: readonly number[] | undefined;
  readonly strides?: readonly number[] | undefined;
  readonly dilations?: readonly number[] | undefined;
}

/** Along one spatial dimension of an image. */
export interface WindowDimension {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Places of the output. */
  readonly places: number;
  /** Padding that is written in the attributes. */
  readonly statedEnd: number;
  readonly begin: number;
  /** Padding up to the end of the last window; more than stated with ceil_mode, less where the stride leaves some out. */
  readonly end: number;
}

/**
 * The two spatial dimensions of a window.
 *
 * @param input shape in ONNX's layout, spatial dimensions known
 * @param output shape that inference gives
 */
export function windowDimensions(
  attributes: WindowAttributes,
  input: Shape,
  output: Shape,
  kernel: readonly number[],
): readonly [WindowDimension, WindowDimension] {
  const { auto_pad, pads = [], strides = [], dilations = [] } = attributes;
  const rank = kernel.length;
  const dimensions = kernel.map((extent, index): WindowDimension => {
    const size = input[index + 2] as number;
    const places = output[index + 2] as number;
    const stride = strides[index] ?? 1;
    const dilation = dilations[index] ?? 1;
    const span = (places - 1) * stride + (extent - 1) * dilation + 1;
    const same = Math.max(0, span - size);
    const begin =
      auto_pad === 'SAME_UPPER'
        ? Math.floor(same / 2)
        : auto_pad === 'SAME_LOWER'
          ? Math.ceil(same / 2)
          : (pads[index] ?? 0);
    const statedEnd = auto_pad.startsWith('SAME') ? same - begin : (pads[index + rank] ?? 0);
    return { size, kernel: extent, stride, dilation, places, begin, statedEnd, end: Math.max(0, span - size - begin) };
  });
  return rank === 1 ? [oneRow, dimensions[0]!] : [dimensions[0]!, dimensions[1]!];
}

const oneRow: WindowDimension = {
  size: 1,
  kernel: 1,
  stride: 1,
  dilation: 1,
  places: 1,
  statedEnd: 0,
  begin: 0,
  end: 0,
};
