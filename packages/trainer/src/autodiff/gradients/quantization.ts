/**
 * QuantizeLinear and DequantizeLinear as quantization-aware training has them: rounding counts as the identity
 * (straight-through estimator, Bengio, Léonard and Courville 2013), and where the code saturates the gradient is 0. Scales and
 * zero points receive none. The gradient by the integer codes, between the two, is one in units of a code.
 */
import type { DataType, Value } from '@edgebeat/graph';
import type { Gradient, GradientCall } from '../gradient.js';
import { reshapeTo, where } from './broadcast.js';

const limits: Readonly<Partial<Record<DataType, readonly [number, number]>>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
};

export const quantizeLinear: Gradient<'QuantizeLinear'> = {
  backward(call) {
    const { g, dY } = call;
    const { dtype } = call.output();
    const [least, most] = limits[dtype] ?? call.fail(`${dtype} codes have no gradient`, 'quantize to 8 or 16 bits');
    const scale = perAxis(call, call.input(1));
    // Compared as real numbers: the limits are few, the elements many.
    const limit = (code: number) => {
      const steps = g.float32(code);
      const from = call.has(2) ? g.sub(steps, perAxis(call, g.cast(call.input(2), { to: 'float32' }))) : steps;
      return g.mul(from, scale);
    };
    const isInside = g.and(
      g.greaterOrEqual(call.input(0), limit(least - 0.5)),
      g.lessOrEqual(call.input(0), limit(most + 0.5)),
    );
    return [where(g, isInside, g.div(dY, scale))];
  },
};

export const dequantizeLinear: Gradient<'DequantizeLinear'> = {
  backward: (call) => [call.g.mul(call.dY, perAxis(call, call.input(1)))],
};

/** A scale or zero point in a shape that broadcasts along the quantized axis. */
function perAxis(call: GradientCall<'QuantizeLinear' | 'DequantizeLinear'>, parameter: Value): Value {
  const rank = call.shape(0).length;
  if (parameter.shape.length === 0 || rank === 0) return parameter;
  if (call.attributes.block_size) call.fail('block-wise scales have no gradient', 'quantize per tensor or per axis');
  const axis = call.axis(call.attributes.axis, rank);
  if (parameter.shape[0] === 1) return reshapeTo(call.g, parameter, []);
  return reshapeTo(
    call.g,
    parameter,
    call.shape(0).map((size, at) => (at === axis ? size : 1)),
  );
}
