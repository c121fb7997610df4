/** The sets of element types that the ONNX standard names in its type constraints, as far as they are supported. */
import { type DataType, dataTypes } from '../data-type.js';

export const ANY: readonly DataType[] = dataTypes;
/** Convolution and average pooling. */
export const IEEE_FLOAT: readonly DataType[] = ['float16', 'float32', 'float64'];
export const FLOAT: readonly DataType[] = [...IEEE_FLOAT, 'bfloat16'];
export const SIGNED: readonly DataType[] = [...FLOAT, 'int8', 'int16', 'int32', 'int64'];
export const NUMERIC: readonly DataType[] = dataTypes.filter((dtype) => dtype !== 'bool');
/** Matrix products and arithmetic reductions. */
export const WIDE: readonly DataType[] = [...FLOAT, 'int32', 'int64', 'uint32', 'uint64'];
