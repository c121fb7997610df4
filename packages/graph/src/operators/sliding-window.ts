/** What convolution and pooling share: padding, strides, dilations, and the number of window positions they give. */
import type { Shape } from '../model.js';
import { type AttributesOf, oneOf, optional } from './attributes.js';
import type { OperatorCall } from './operator.js';

/** Attributes of every operator that slides a window over the dimensions after batch and channels. */
export const windowAttributes = {
  /** NOTSET: `pads` says it; VALID: none; SAME_*: as much as makes the output ceil(size / stride). */
  auto_pad: oneOf('NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'),
  /** All begins, then all ends. */
  pads: optional('ints'),
  strides: optional('ints'),
  dilations: optional('ints'),
} as const;

type WindowAttributes = AttributesOf<typeof windowAttributes> & { readonly ceil_mode?: boolean };

/** The window of one call, one entry per spatial dimension and defaults filled in. */
export interface SlidingWindow {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
  readonly output: readonly number[];
}

/**
 * Resolves the window over `input` [batch, channels, spatial dimensions…].
 *
 * @throws GraphError where lengths do not match, or the window is larger than the padded input
 */
export function slidingWindow(
  call: OperatorCall<WindowAttributes>,
  input: Shape,
  kernel: readonly number[],
): SlidingWindow {
  const sizes = input.slice(2).map((size, index) => call.size(size, `dimension ${index + 2} of ${call.inputName(0)}`));
  const { auto_pad, ceil_mode = false } = call.attributes;
  const strides = perDimension(call, 'strides', call.attributes.strides, sizes.length, 1);
  const dilations = perDimension(call, 'dilations', call.attributes.dilations, sizes.length, 1);
  const pads = perDimension(call, 'pads', call.attributes.pads, 2 * sizes.length, 0);
  checkLength(call, 'kernel_shape', kernel, sizes.length, 1);
  if (auto_pad !== 'NOTSET' && pads.some((pad) => pad !== 0)) {
    call.fail('attributes pads and auto_pad contradict each other', 'give one of the two');
  }
  if (auto_pad.startsWith('SAME') && dilations.some((dilation) => dilation !== 1)) {
    // onnxruntime refuses it for convolutions, and pads for the undilated window when pooling.
    call.fail(`attributes dilations and auto_pad ${auto_pad} do not go together`, 'write the padding out as pads');
  }
  const padsBegin: number[] = [];
  const padsEnd: number[] = [];
  const output = sizes.map((size, index) => {
    const stride = strides[index]!;
    const extent = (kernel[index]! - 1) * dilations[index]! + 1;
    const [begin, end] = padding(auto_pad, size, stride, extent, pads[index]!, pads[index + sizes.length]!);
    padsBegin.push(begin);
    padsEnd.push(end);
    if (size + begin + end < extent) {
      call.fail(
        `the window spans ${extent} of a padded input of ${size + begin + end}`,
        'make the input longer, the window smaller or the padding larger',
      );
    }
    return positions(size + begin + end, extent, stride, ceil_mode, size + begin);
  });
  return { strides, dilations, padsBegin, padsEnd, output };
}

function padding(
  autoPad: WindowAttributes['auto_pad'],
  size: number,
  stride: number,
  extent: number,
  begin: number,
  end: number,
): [number, number] {
  if (autoPad === 'NOTSET') return [begin, end];
  if (autoPad === 'VALID') return [0, 0];
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  const half = Math.floor(total / 2);
  return autoPad === 'SAME_UPPER' ? [half, total - half] : [total - half, half];
}

/** Window positions; with `ceil_mode` also the last, incomplete one, unless it would begin in the padding at the end. */
function positions(padded: number, extent: number, stride: number, ceilMode: boolean, endOfInput: number): number {
  if (!ceilMode) return Math.floor((padded - extent) / stride) + 1;
  const count = Math.ceil((padded - extent) / stride) + 1;
  return (count - 1) * stride >= endOfInput ? count - 1 : count;
}

function perDimension(
  call: OperatorCall,
  name: string,
  values: readonly number[] | undefined,
  length: number,
  fallback: number,
): readonly number[] {
  if (!values) return Array<number>(length).fill(fallback);
  checkLength(call, name, values, length, fallback);
  return values;
}

function checkLength(call: OperatorCall, name: string, values: readonly number[], length: number, least: number): void {
  if (values.length !== length || values.some((value) => value < least)) {
    call.fail(`${name} is [${values.join(', ')}]`, `it has ${length} numbers from ${least} on for this input`);
  }
}
