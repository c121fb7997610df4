/** LayerNormalization, LpNormalization, BatchNormalization. */
import { computes } from '../lowering-call.js';
import { keepingDimensions } from './reductions.js';

/** The least number with all of float32's precision: what a norm of 0 is replaced by, so that 0 / norm is 0. */
const LEAST_NORM = 2 ** -126;

export const layerNormalization = computes<'LayerNormalization'>((call) => {
  if (call.node.outputs.slice(1).some((output) => output !== '')) {
    call.refuse('gives its mean and deviation, too', 'Take its first output only; the others are for training.');
  }
  const rank = call.shape(0).length;
  const first = call.axis(call.attributes.axis);
  const axes = Array.from({ length: rank - first }, (_, index) => first + index);
  const x = call.input(0);
  const deviation = call.emit('Sub', [x, keepingDimensions(call, 'Mean', x, axes)]);
  const variance = keepingDimensions(call, 'Mean', call.emit('Square', [deviation]), axes);
  const inverse = call.emit('Rsqrt', [call.emit('AddV2', [variance, call.writer.scalar(call.attributes.epsilon)])]);
  const scaled = call.emit('Mul', [call.emit('Mul', [deviation, inverse]), call.input(1)]);
  call.output(call.has(2) ? call.emit('AddV2', [scaled, call.input(2)]) : scaled);
});

export const lpNormalization = computes<'LpNormalization'>((call) => {
  const x = call.input(0);
  const axes = [call.axis(call.attributes.axis)];
  const norm =
    call.attributes.p === 1
      ? keepingDimensions(call, 'Sum', call.emit('Abs', [x]), axes)
      : call.emit('Sqrt', [keepingDimensions(call, 'Sum', call.emit('Square', [x]), axes)]);
  call.output(call.emit('RealDiv', [x, call.emit('Maximum', [norm, call.writer.scalar(LEAST_NORM)])]));
});

/** y = factor · x + shift, both computed in float64 while exporting. */
export const batchNormalization = computes<'BatchNormalization'>((call) => {
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((index) => call.floats(index));
  if (!scale || !bias || !mean || !variance || call.attributes.training_mode) {
    return call.refuse(
      call.attributes.training_mode ? 'is in training mode' : 'has statistics that are no float32 constants',
      'Export the trained model, its statistics as initializers.',
    );
  }
  const factors = scale.map((value, channel) => value / Math.sqrt(variance[channel]! + call.attributes.epsilon));
  const shifts = bias.map(
    (value, channel) =>
      value - mean[channel]! * (scale[channel]! / Math.sqrt(variance[channel]! + call.attributes.epsilon)),
  );
  const rank = call.shape(0).length;
  const constant = (name: string, shape: readonly number[], data: Float32Array) =>
    call.writer.weight(`${call.node.outputs[0]}/${name}`, 'float32', shape, data);
  const apply = (x: string, shape: readonly number[]) =>
    call.emit('AddV2', [call.emit('Mul', [x, constant('factor', shape, factors)]), constant('shift', shape, shifts)]);
  if (call.isImageOnly(0)) call.outputImage(apply(call.image(0), [scale.length]));
  else call.output(apply(call.input(0), [scale.length, ...Array<number>(rank - 2).fill(1)]));
});
