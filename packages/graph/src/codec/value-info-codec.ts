/** ValueInfoProto to ValueInfo and back. */
import { create } from '@bufbuild/protobuf';
import { dataTypeCode } from '../data-type.js';
import { GraphError } from '../graph-error.js';
import { type Dimension, UNKNOWN_DIMENSION, type ValueInfo } from '../model.js';
import { annotate, annotationsOf } from './annotations.js';
import {
  type TensorShapeProto_Dimension,
  TensorShapeProto_DimensionSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from './onnx_pb.js';
import { decodeDataType, decodeSize } from './tensor-codec.js';

/** @throws GraphError for a value that is no tensor of a supported element type */
export function decodeValueInfo(message: ValueInfoProto, kind: string): ValueInfo {
  const where = `${kind} "${message.name}"`;
  const type = message.type?.tensorType;
  if (!type) throw new GraphError(where, 'is not a tensor', 'export a graph whose values are all tensors');
  return {
    name: message.name,
    dtype: decodeDataType(type.elemType, where),
    ...(type.shape ? { shape: type.shape.dim.map((dimension) => decodeDimension(dimension, where)) } : {}),
    ...annotationsOf(message),
  };
}

function decodeDimension({ value }: TensorShapeProto_Dimension, where: string): Dimension {
  if (value.case === 'dimValue') return decodeSize(value.value, `${where}, its shape`);
  // Some exporters write an empty name for a dimension they know nothing about.
  return value.case === 'dimParam' && value.value !== '' ? value.value : UNKNOWN_DIMENSION;
}

export function encodeValueInfo(info: ValueInfo): ValueInfoProto {
  const shape = info.shape && { dim: info.shape.map(encodeDimension) };
  const type = { tensorType: { elemType: dataTypeCode(info.dtype), shape } };
  return annotate(create(ValueInfoProtoSchema, { name: info.name, type }), info);
}

function encodeDimension(dimension: Dimension): TensorShapeProto_Dimension {
  const message = create(TensorShapeProto_DimensionSchema);
  if (typeof dimension === 'number') message.value = { case: 'dimValue', value: BigInt(dimension) };
  else if (dimension !== UNKNOWN_DIMENSION) message.value = { case: 'dimParam', value: dimension };
  return message;
}
