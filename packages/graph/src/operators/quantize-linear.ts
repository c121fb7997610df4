/** QuantizeLinear: round(x / y_scale) + y_zero_point, saturated, rounded half to even; per tensor, axis or block. */
import type { DataType } from '../data-type.js';
import { defaulted, optional } from './attributes.js';
import { operator } from './operator.js';
import { checkQuantizationParameters, quantizationAttributes } from './quantization-parameters.js';

const REAL: readonly DataType[] = ['float32', 'float16', 'bfloat16', 'int32'];
const QUANTIZED: readonly DataType[] = ['int8', 'uint8', 'int16', 'uint16'];

export const quantizeLinear = operator({
  inputs: ['x', 'y_scale', 'y_zero_point?'],
  outputs: ['y'],
  attributes: {
    ...quantizationAttributes,
    /** Type of y where there is no zero point; uint8 unless given. */
    output_dtype: optional('dataType'),
    /** Concerns 8-bit floats only. */
    saturate: defaulted('flag', true),
  },
  infer(call) {
    call.commonDtype([0, 1], REAL);
    checkQuantizationParameters(call);
    const { output_dtype } = call.attributes;
    const dtype = call.has(2) ? call.dtypeAmong(2, QUANTIZED) : (output_dtype ?? 'uint8');
    if ((output_dtype ?? dtype) !== dtype || !QUANTIZED.includes(dtype)) {
      call.fail(
        `output_dtype is ${output_dtype}`,
        `it must be the type of the zero point, among ${QUANTIZED.join(', ')}`,
      );
    }
    return [{ dtype, shape: call.shape(0) }];
  },
});
