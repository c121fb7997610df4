/**
 * Conv: Conv2D, DepthwiseConv2dNative where every group is one channel, and one Conv2D for each of other groups. Signals are
 * images of one row.
 */
import { computes, type LoweringCall } from '../lowering-call.js';
import { type AttrValue, flagAttr, integerAttr, integersAttr, textAttr, textsAttr } from '../node-def.js';
import { transposed } from '../transposed.js';
import { type WindowDimension, windowDimensions } from './sliding-window.js';

export const conv = computes<'Conv'>((call) => {
  if (call.shape(0).length > 4) {
    call.refuse(`convolves ${call.shape(0).length - 2} dimensions`, 'One and two are supported.');
  }
  const { group } = call.attributes;
  const kernel = call
    .shape(1)
    .slice(2)
    .map((_, axis) => call.size(1, axis + 2));
  const window = windowDimensions(call.attributes, call.shape(0), call.outputShape(), kernel);
  const channels = call.size(0, 1);
  const filters = call.size(1, 0);
  if (group === 1) finish(call, window, convolved(call, window, 'Conv2D', call.image(0), filterOf(call)));
  else if (group === channels) finish(call, window, depthwise(call, window, filters / channels));
  else finish(call, window, grouped(call, window, group));
});

function finish(call: LoweringCall<'Conv'>, window: Window, dense: string): void {
  call.outputImage(isStridedApart(window) ? strided(call, window, dense) : dense);
}

type Window = readonly [WindowDimension, WindowDimension];

/** TensorFlow.js has strides or dilations in one convolution, not both. */
function isStridedApart(window: Window): boolean {
  return window.some(({ stride }) => stride > 1) && window.some(({ dilation }) => dilation > 1);
}

/** The filter [O, I, …kernel] as [H, W, I, O]. */
function filterOf(call: LoweringCall<'Conv'>): string {
  const shape = call.shape(1) as number[];
  const image = shape.length === 3 ? [shape[0]!, shape[1]!, 1, shape[2]!] : shape;
  const data = call.floats(1);
  if (!data) {
    const reshaped = shape.length === 3 ? call.reshape(call.input(1), image) : call.input(1);
    return call.transpose(reshaped, [2, 3, 1, 0]);
  }
  const hwio = [2, 3, 1, 0].map((axis) => image[axis]!);
  return call.writer.weight(`${call.node.inputs[1]}/hwio`, 'float32', hwio, transposed(data, image, [2, 3, 1, 0]));
}

/** Filters [C·m, 1, …kernel] as [H, W, C, m]: those of one channel follow one another in ONNX, too. */
function depthwise(call: LoweringCall<'Conv'>, window: Window, multiplier: number): string {
  const channels = call.size(0, 1);
  const [{ kernel: height }, { kernel: width }] = window;
  const data = call.floats(1);
  const shape = [channels, multiplier, height, width];
  const filter = data
    ? call.writer.weight(
        `${call.node.inputs[1]}/hwcm`,
        'float32',
        [height, width, channels, multiplier],
        transposed(data, shape, [2, 3, 0, 1]),
      )
    : call.transpose(call.reshape(call.input(1), shape), [2, 3, 0, 1]);
  return convolved(call, window, 'DepthwiseConv2dNative', call.image(0), filter);
}

function grouped(call: LoweringCall<'Conv'>, window: Window, group: number): string {
  const split = (tensor: string, axis: number, size: number) =>
    call.emit(
      'SplitV',
      [tensor, call.writer.integers(Array<number>(group).fill(size / group)), call.writer.integers([axis], [])],
      {
        num_split: integerAttr(group),
      },
    );
  const inputs = split(call.image(0), 3, call.size(0, 1));
  const filters = split(filterOf(call), 3, call.size(1, 0));
  const parts = Array.from({ length: group }, (_, index) =>
    call.emit('Conv2D', [`${inputs}:${index}`, `${filters}:${index}`], convolutionAttrs(window)),
  );
  const joined = call.emit('ConcatV2', [...parts, call.writer.integers([3], [])], { N: integerAttr(group) });
  return call.has(2) ? call.emit('BiasAdd', [joined, call.input(2)]) : joined;
}

/** With the bias, where there is one, in the same node. */
function convolved(
  call: LoweringCall<'Conv'>,
  window: Window,
  op: 'Conv2D' | 'DepthwiseConv2dNative',
  image: string,
  filter: string,
): string {
  const attrs = convolutionAttrs(window);
  if (!call.has(2)) return call.emit(op, [image, filter], attrs);
  const fused = op === 'Conv2D' ? '_FusedConv2D' : 'FusedDepthwiseConv2dNative';
  return call.emit(fused, [image, filter, call.input(2)], {
    ...attrs,
    num_args: integerAttr(1),
    fused_ops: textsAttr(['BiasAdd']),
  });
}

function convolutionAttrs(window: Window): Record<string, AttrValue> {
  const apart = isStridedApart(window);
  const [rows, columns] = window;
  const strides = apart ? [1, 1, 1, 1] : [1, rows.stride, columns.stride, 1];
  // One stride at a time reaches as far as the last place does, and the padding is the same.
  const padding = [0, 0, rows.begin, rows.end, columns.begin, columns.end, 0, 0];
  const isPadded = padding.some((size) => size !== 0);
  return {
    strides: integersAttr(strides),
    dilations: integersAttr([1, rows.dilation, columns.dilation, 1]),
    data_format: textAttr('NHWC'),
    padding: textAttr(isPadded ? 'EXPLICIT' : 'VALID'),
    ...(isPadded ? { explicit_paddings: integersAttr(padding) } : {}),
    use_cudnn_on_gpu: flagAttr(true),
  };
}

function strided(call: LoweringCall<'Conv'>, [rows, columns]: Window, dense: string): string {
  const list = (values: number[]) => call.writer.integers(values);
  return call.emit(
    'StridedSlice',
    [dense, list([0, 0, 0, 0]), list([0, 0, 0, 0]), list([1, rows.stride, columns.stride, 1])],
    { begin_mask: integerAttr(15), end_mask: integerAttr(15), ...NO_MASKS },
  );
}

const NO_MASKS = {
  ellipsis_mask: integerAttr(0),
  new_axis_mask: integerAttr(0),
  shrink_axis_mask: integerAttr(0),
} as const;
