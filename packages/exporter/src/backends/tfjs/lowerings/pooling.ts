/** MaxPool and AveragePool: padded beforehand, because TensorFlow.js takes no stated padding there. */
import { computes, type LoweringCall } from '../lowering-call.js';
import { integersAttr, textAttr } from '../node-def.js';
import { type WindowDimension, windowDimensions } from './sliding-window.js';

export const maxPool = computes<'MaxPool'>((call) => {
  if ((call.node.outputs[1] ?? '') !== '') {
    call.refuse('gives the places of its maxima, too', 'Take its first output only.');
  }
  call.outputImage(pooled(call, 'MaxPool', Number.NEGATIVE_INFINITY).tensor);
});

export const averagePool = computes<'AveragePool'>((call) => {
  const { tensor, window } = pooled(call, 'AvgPool', 0);
  const corrections = window.map((dimension) => correction(dimension, call.attributes.count_include_pad));
  if (corrections.every((factors) => factors.every((factor) => factor === 1))) {
    call.outputImage(tensor);
    return;
  }
  const [rows, columns] = corrections as [number[], number[]];
  const factors = Float32Array.from(rows.flatMap((row) => columns.map((column) => row * column)));
  const name = `${call.node.outputs[0]}/correction`;
  const weight = call.writer.weight(name, 'float32', [1, rows.length, columns.length, 1], factors);
  call.outputImage(call.emit('Mul', [tensor, weight]));
});

type Window = readonly [WindowDimension, WindowDimension];

function pooled(
  call: LoweringCall<'MaxPool'> | LoweringCall<'AveragePool'>,
  op: 'MaxPool' | 'AvgPool',
  padding: number,
): { tensor: string; window: Window } {
  const shape = call.shape(0);
  if (shape.length > 4) call.refuse(`pools ${shape.length - 2} dimensions`, 'One and two are supported.');
  const { attributes } = call;
  const window = windowDimensions(attributes, shape, call.outputShape(), attributes.kernel_shape);
  if (window.some(({ dilation }) => dilation !== 1)) {
    call.refuse('has dilations', 'TensorFlow.js pools neighbouring elements only: leave dilations out.');
  }
  const [rows, columns] = window;
  const image = call.image(0);
  const pads = [0, 0, rows.begin, rows.end, columns.begin, columns.end, 0, 0];
  const isPadded = pads.some((size) => size !== 0);
  const padded = isPadded
    ? call.emit('PadV2', [image, call.writer.integers(pads, [4, 2]), call.writer.scalar(padding)])
    : image;
  const tensor = call.emit(op, [padded], {
    ksize: integersAttr([1, rows.kernel, columns.kernel, 1]),
    strides: integersAttr([1, rows.stride, columns.stride, 1]),
    padding: textAttr('VALID'),
  });
  return { tensor, window };
}

/** For each place: the elements of the window by those that the mean is over. */
function correction(dimension: WindowDimension, countsPadding: boolean): number[] {
  const { size, kernel, stride, places, begin, statedEnd } = dimension;
  return Array.from({ length: places }, (_, place) => {
    const from = place * stride - begin;
    const [first, last] = countsPadding ? [-begin, size + statedEnd] : [0, size];
    return kernel / (Math.min(from + kernel, last) - Math.max(from, first));
  });
}
