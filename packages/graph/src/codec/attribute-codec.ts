/** AttributeProto to Attribute and back. */
import { create } from '@bufbuild/protobuf';
import { GraphError } from '../graph-error.js';
import type { Attribute, AttributeValue } from '../model.js';
import { annotate, annotationsOf } from './annotations.js';
import { type AttributeProto, AttributeProtoSchema } from './onnx_pb.js';
import { decodeTensor, encodeTensor } from './tensor-codec.js';

/** The codes of `AttributeProto.AttributeType` that have a place in the graph model. */
const typeCodes: Readonly<Record<AttributeValue['kind'], number>> = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
  strings: 8,
};

const refused: ReadonlyMap<number, string> = new Map([
  [5, 'a sub-graph'],
  [9, 'a list of tensors'],
  [10, 'a list of sub-graphs'],
  [11, 'a sparse tensor'],
  [12, 'a list of sparse tensors'],
  [13, 'a type'],
  [14, 'a list of types'],
]);

/** @throws GraphError for a kind outside the supported subset (sub-graphs: `If`, `Loop`, `Scan`) or a malformed value */
export function decodeAttribute(message: AttributeProto, node: string): Attribute {
  const where = `${node}, attribute ${message.name}`;
  if (message.refAttrName !== '') {
    throw new GraphError(where, 'refers to an attribute of a function', 'inline the functions of the model');
  }
  return { ...decodeValue(message, where), ...annotationsOf(message) };
}

function decodeValue(message: AttributeProto, where: string): AttributeValue {
  switch (message.type) {
    case typeCodes.float:
      return { kind: 'float', value: message.f };
    case typeCodes.int:
      return { kind: 'int', value: decodeInteger(message.i, where) };
    case typeCodes.string:
      return { kind: 'string', value: decodeString(message.s, where) };
    case typeCodes.tensor:
      if (!message.t) throw new GraphError(where, 'has no tensor', 'the file is damaged: make it again');
      return { kind: 'tensor', value: decodeTensor(message.t, where) };
    case typeCodes.floats:
      return { kind: 'floats', value: [...message.floats] };
    case typeCodes.ints:
      return { kind: 'ints', value: message.ints.map((value) => decodeInteger(value, where)) };
    case typeCodes.strings:
      return { kind: 'strings', value: message.strings.map((value) => decodeString(value, where)) };
    default:
      throw new GraphError(
        where,
        `holds ${refused.get(message.type) ?? `an unknown kind of value (type ${message.type})`}`,
        'export a static graph without control flow: single tensors, numbers and strings are supported',
      );
  }
}

export function encodeAttribute(name: string, attribute: Attribute): AttributeProto {
  return annotate(
    create(AttributeProtoSchema, { name, type: typeCodes[attribute.kind], ...payload(attribute) }),
    attribute,
  );
}

function payload(attribute: AttributeValue) {
  switch (attribute.kind) {
    case 'float':
      return { f: attribute.value };
    case 'int':
      return { i: BigInt(attribute.value) };
    case 'string':
      return { s: new TextEncoder().encode(attribute.value) };
    case 'tensor':
      return { t: encodeTensor(attribute.value) };
    case 'floats':
      return { floats: [...attribute.value] };
    case 'ints':
      return { ints: attribute.value.map(BigInt) };
    case 'strings':
      return { strings: attribute.value.map((value) => new TextEncoder().encode(value)) };
  }
}

function decodeInteger(value: bigint, where: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) {
    throw new GraphError(where, `${value} is beyond 2^53`, 'export the model at opset 13 or later');
  }
  return number;
}

function decodeString(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new GraphError(where, 'is not UTF-8 text', 'the file is damaged: make it again');
  }
}
