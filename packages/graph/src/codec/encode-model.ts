/** A Model to the bytes of an `.onnx` file. */
import { create, toBinary } from '@bufbuild/protobuf';
import type { Graph, Model, Node } from '../model.js';
import { annotate } from './annotations.js';
import { encodeAttribute } from './attribute-codec.js';
import {
  type GraphProto,
  GraphProtoSchema,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  StringStringEntryProtoSchema,
} from './onnx_pb.js';
import { encodeTensor } from './tensor-codec.js';
import { encodeValueInfo } from './value-info-codec.js';

/** Encodes a model. The same model gives the same bytes every time; the graph is not checked (`inferShapes` does that). */
export function encodeModel(model: Model): Uint8Array {
  const opsets = new Map([['', model.opset], ...(model.otherOpsets ?? [])]);
  const message = create(ModelProtoSchema, {
    irVersion: BigInt(model.irVersion),
    producerName: optional(model.producer.name),
    producerVersion: optional(model.producer.version),
    graph: encodeGraph(model.graph),
    opsetImport: Array.from(opsets, ([domain, version]) =>
      create(OperatorSetIdProtoSchema, { domain, version: BigInt(version) }),
    ),
    metadataProps: Array.from(model.metadata, ([key, value]) => create(StringStringEntryProtoSchema, { key, value })),
  });
  return toBinary(ModelProtoSchema, annotate(message, model));
}

function encodeGraph(graph: Graph): GraphProto {
  const message = create(GraphProtoSchema, {
    name: graph.name,
    input: graph.inputs.map(encodeValueInfo),
    output: graph.outputs.map(encodeValueInfo),
    node: graph.nodes.map(encodeNode),
    initializer: graph.initializers.map(encodeTensor),
    valueInfo: graph.valueInfo.map(encodeValueInfo),
  });
  return annotate(message, graph);
}

function encodeNode(node: Node): NodeProto {
  const message = create(NodeProtoSchema, {
    opType: node.operator,
    domain: optional(node.domain ?? ''),
    name: optional(node.name),
    input: [...node.inputs],
    output: [...node.outputs],
    attribute: Array.from(node.attributes, ([name, attribute]) => encodeAttribute(name, attribute)),
  });
  return annotate(message, node);
}

/** Absent rather than empty, as other writers have it. */
function optional(text: string): string | undefined {
  return text === '' ? undefined : text;
}
