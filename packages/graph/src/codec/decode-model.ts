/** The bytes of an `.onnx` file to a Model. */
import { fromBinary } from '@bufbuild/protobuf';
import { GraphError } from '../graph-error.js';
import { type Attribute, describeNode, type Graph, type Model, type Node } from '../model.js';
import { annotationsOf } from './annotations.js';
import { decodeAttribute } from './attribute-codec.js';
import { type GraphProto, type ModelProto, ModelProtoSchema, type NodeProto } from './onnx_pb.js';
import { decodeTensor } from './tensor-codec.js';
import { decodeValueInfo } from './value-info-codec.js';

export interface DecodeOptions {
  /** Refuse larger files, so that a hostile one cannot eat the memory. 256 MiB unless given. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 256 * 2 ** 20;

const damaged = 'the file is damaged, cut off, or not an ONNX model: get it again';

/**
 * Decodes an `.onnx` file as it stands: nothing is upgraded, folded or inferred (`importModel` does all that). Tensor data
 * are copied out of `bytes`. Documentation strings and protobuf fields that this codec does not know are kept on models,
 * graphs, nodes, attributes, tensors and value infos; denotations of types and dimensions are dropped.
 *
 * Refused: functions, sub-graphs, sparse tensors, tensors in other files, values that are no tensors, and element types
 * outside `DataType`.
 *
 * @throws GraphError that names the node, tensor or field at fault
 */
export function decodeModel(bytes: Uint8Array, { maxBytes = DEFAULT_MAX_BYTES }: DecodeOptions = {}): Model {
  if (bytes.length > maxBytes) {
    throw new GraphError(
      'model',
      `the file has ${bytes.length} bytes, more than the limit of ${maxBytes}`,
      'raise maxBytes if the file comes from a source you trust',
    );
  }
  const message = parse(bytes);
  if (!message.graph) throw new GraphError('model', 'field graph is missing', damaged);
  if (message.functions.length > 0) {
    throw new GraphError(
      'model',
      'has local functions, which are not supported',
      'inline them before saving the model',
    );
  }
  const { opset, otherOpsets } = decodeOpsets(message);
  return {
    irVersion: Number(message.irVersion),
    opset,
    ...(otherOpsets.size > 0 ? { otherOpsets } : {}),
    producer: { name: message.producerName, version: message.producerVersion },
    metadata: decodeMetadata(message),
    graph: decodeGraph(message.graph),
    ...annotationsOf(message),
  };
}

function parse(bytes: Uint8Array): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes);
  } catch (error) {
    // The protobuf library throws plain errors of several kinds on malformed bytes.
    throw new GraphError('model', `not a protobuf message (${(error as Error).message})`, damaged);
  }
}

function decodeOpsets(message: ModelProto): { opset: number; otherOpsets: Map<string, number> } {
  const opsets = new Map<string, number>();
  for (const { domain, version } of message.opsetImport) {
    const key = standardDomain(domain);
    if (opsets.has(key)) throw new GraphError('model', `imports operator set "${key}" twice`, damaged);
    opsets.set(key, Number(version));
  }
  const opset = opsets.get('');
  if (opset === undefined) throw new GraphError('model', 'field opset_import names no version of ONNX', damaged);
  opsets.delete('');
  return { opset, otherOpsets: opsets };
}

/** ONNX's own operator set has two names. */
function standardDomain(domain: string): string {
  return domain === 'ai.onnx' ? '' : domain;
}

function decodeMetadata(message: ModelProto): Map<string, string> {
  const metadata = new Map<string, string>();
  for (const { key, value } of message.metadataProps) {
    if (metadata.has(key)) throw new GraphError(`metadata ${key}`, 'is there twice', 'keep one of the two');
    metadata.set(key, value);
  }
  return metadata;
}

function decodeGraph(message: GraphProto): Graph {
  if (message.sparseInitializer.length > 0) {
    throw new GraphError('graph', 'has sparse initializers, which are not supported', 'store them as dense tensors');
  }
  return {
    name: message.name,
    inputs: message.input.map((info) => decodeValueInfo(info, 'graph input')),
    outputs: message.output.map((info) => decodeValueInfo(info, 'graph output')),
    nodes: message.node.map(decodeNode),
    initializers: message.initializer.map((tensor) => decodeTensor(tensor, `initializer "${tensor.name}"`)),
    valueInfo: message.valueInfo.map((info) => decodeValueInfo(info, 'value info')),
    ...annotationsOf(message),
  };
}

function decodeNode(message: NodeProto): Node {
  const where = describeNode({ name: message.name, operator: message.opType, outputs: message.output });
  if (message.opType === '') throw new GraphError(where, 'field op_type is missing', damaged);
  const domain = standardDomain(message.domain);
  const attributes = new Map<string, Attribute>();
  for (const attribute of message.attribute) {
    if (attributes.has(attribute.name))
      throw new GraphError(where, `attribute ${attribute.name} is there twice`, damaged);
    attributes.set(attribute.name, decodeAttribute(attribute, where));
  }
  return {
    operator: message.opType,
    ...(domain === '' ? {} : { domain }),
    name: message.name,
    inputs: [...message.input],
    outputs: [...message.output],
    attributes,
    ...annotationsOf(message),
  };
}
