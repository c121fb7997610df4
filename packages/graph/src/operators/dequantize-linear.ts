/** DequantizeLinear: (x − x_zero_point) · x_scale; per tensor, axis or block. */
import type { DataType } from '../data-type.js';
import { operator } from './operator.js';
import { checkQuantizationParameters, quantizationAttributes } from './quantization-parameters.js';

const QUANTIZED: readonly DataType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32'];

export const dequantizeLinear = operator({
  inputs: ['x', 'x_scale', 'x_zero_point?'],
  outputs: ['y'],
  attributes: quantizationAttributes,
  infer(call) {
    call.commonDtype([0, 2], QUANTIZED);
    checkQuantizationParameters(call);
    return [{ dtype: call.dtypeAmong(1, ['float32', 'float16', 'bfloat16']), shape: call.shape(0) }];
  },
});
