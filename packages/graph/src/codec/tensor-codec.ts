/** TensorProto to Tensor and back. Reads `raw_data` and all typed data fields, writes `raw_data`. */
import { create, isFieldSet } from '@bufbuild/protobuf';
import { arrayOf, type DataType, dataTypeCode, dataTypeOfCode, type TensorData } from '../data-type.js';
import { GraphError } from '../graph-error.js';
import { elementCount, type Tensor } from '../tensor.js';
import { annotate, annotationsOf } from './annotations.js';
import { type TensorProto, TensorProtoSchema } from './onnx_pb.js';

const EXTERNAL = 1;

/**
 * The element type behind a `TensorProto.DataType` code.
 *
 * @throws GraphError for a type outside the supported subset
 */
export function decodeDataType(code: number, where: string): DataType {
  const dtype = dataTypeOfCode(code);
  if (!dtype) {
    throw new GraphError(
      where,
      `element type ${code} is not supported`,
      'tensors of float, integer (8 to 64 bits) and bool elements are; convert the model',
    );
  }
  return dtype;
}

/** @throws GraphError where the data do not match type and shape, or lie outside the file */
export function decodeTensor(message: TensorProto, where: string): Tensor {
  if (message.dataLocation === EXTERNAL) {
    throw new GraphError(where, 'its data lie in another file', 'save the model with all tensors inside one file');
  }
  if (message.segment.length > 0) {
    throw new GraphError(where, 'field segment: tensors in pieces are not supported', 'save the tensor in one piece');
  }
  const dtype = decodeDataType(message.dataType, `${where}, field data_type`);
  const shape = message.dims.map((size) => decodeSize(size, `${where}, field dims`));
  const data = isFieldSet(message, TensorProtoSchema.field.rawData)
    ? decodeRaw(message, dtype, elementCount(shape), where)
    : decodeTyped(message, dtype, elementCount(shape), where);
  return { name: message.name, dtype, shape, data, ...annotationsOf(message) } as Tensor;
}

/** Elements go out as `raw_data`, which onnxruntime reads without conversion. */
export function encodeTensor(tensor: Tensor): TensorProto {
  const { buffer, byteOffset, byteLength } = tensor.data;
  return annotate(
    create(TensorProtoSchema, {
      name: tensor.name === '' ? undefined : tensor.name,
      dataType: dataTypeCode(tensor.dtype),
      dims: tensor.shape.map(BigInt),
      // Little-endian, as ONNX wants it: so is every platform this runs on.
      rawData: new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength),
    }),
    tensor,
  );
}

/** @throws GraphError where the int64 is no size that a number can hold */
export function decodeSize(size: bigint, where: string): number {
  if (size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new GraphError(
      where,
      `${size} is not a size`,
      'the file is damaged, or made by a faulty tool: make it again',
    );
  }
  return Number(size);
}

function decodeRaw(message: TensorProto, dtype: DataType, count: number, where: string): TensorData {
  if (typedFields(message).length > 0) {
    throw new GraphError(where, 'has its data in two fields', 'the file is made by a faulty tool: make it again');
  }
  const array = arrayOf(dtype);
  checkLength(message.rawData.length, count * array.BYTES_PER_ELEMENT, 'bytes', `${where}, field raw_data`);
  // The bytes lie anywhere in the file, typed arrays want them aligned: so they are copied.
  return new array(new Uint8Array(message.rawData).buffer);
}

function decodeTyped(message: TensorProto, dtype: DataType, count: number, where: string): TensorData {
  const fieldName = typedFieldOf(dtype);
  const stray = typedFields(message).find((name) => name !== fieldName);
  if (stray) {
    throw new GraphError(where, `has ${dtype} data in field ${stray}`, `${dtype} belongs in raw_data or ${fieldName}`);
  }
  const values: readonly (number | bigint)[] = typedData(message)[fieldName];
  checkLength(values.length, count, 'elements', `${where}, field ${fieldName}`);
  const result = new (arrayOf(dtype))(count);
  const narrow = dtype === 'uint32' ? Number : (value: number | bigint) => value;
  values.forEach((value, index) => {
    const element = narrow(value);
    result[index] = element as never;
    if (dtype !== 'float32' && dtype !== 'float64' && result[index] !== element) {
      throw new GraphError(
        `${where}, field ${fieldName}`,
        `element ${index} is ${value}, which ${dtype} cannot hold`,
        'the file is damaged, or made by a faulty tool: make it again',
      );
    }
  });
  return result;
}

type TypedField = 'float_data' | 'double_data' | 'int64_data' | 'uint64_data' | 'int32_data';

function typedFieldOf(dtype: DataType): TypedField {
  switch (dtype) {
    case 'float32':
      return 'float_data';
    case 'float64':
      return 'double_data';
    case 'int64':
      return 'int64_data';
    case 'uint32':
    case 'uint64':
      return 'uint64_data';
    default:
      return 'int32_data';
  }
}

function typedData(message: TensorProto): Record<TypedField, readonly (number | bigint)[]> {
  return {
    float_data: message.floatData,
    double_data: message.doubleData,
    int64_data: message.int64Data,
    uint64_data: message.uint64Data,
    int32_data: message.int32Data,
  };
}

function typedFields(message: TensorProto): TypedField[] {
  const data = typedData(message);
  return (Object.keys(data) as TypedField[]).filter((name) => data[name].length > 0);
}

function checkLength(actual: number, wanted: number, unit: string, where: string): void {
  if (actual !== wanted) {
    throw new GraphError(
      where,
      `the shape wants ${wanted} ${unit}, ${actual} are there`,
      'the file is damaged or cut off: get it again',
    );
  }
}
