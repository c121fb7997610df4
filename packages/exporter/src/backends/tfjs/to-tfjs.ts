/** Float32 ONNX to a TensorFlow.js graph model. */
import {
  attributesOf,
  describeNode,
  INFERENCE_OPERATOR_NAMES,
  type InferenceOperatorName,
  inferShapes,
  type Model,
  type Node,
  type NodeOf,
  type TensorType,
  toSinglePrecision,
} from '@edgebeat/graph';
import { ExportError } from '../../export-error.js';
import { fuseNodes } from './fuse-nodes.js';
import { GraphWriter } from './graph-writer.js';
import { type Lowering, LoweringCall } from './lowering-call.js';
import { lowerings } from './lowerings/index.js';
import { type NodeDef, shapeProto, type TensorShapeProto, tfTypeNames } from './node-def.js';
import { openSizes, tfType, ValueTable } from './value-table.js';
import { type WeightsGroup, writeWeights } from './weights-manifest.js';

export interface TfjsOptions {
  /** Stores weights in 16 bits where they fit: half the bytes, and answers that differ in the third digit. Off unless given. */
  readonly float16?: boolean;
}

/** Of an input or output, under its ONNX name. */
interface TensorInfo {
  /** Name of its tensor: node and number of the node's output. */
  readonly name: string;
  readonly dtype: string;
  readonly tensorShape: TensorShapeProto;
}

/** What stands in `model.json`. */
export interface TfjsModelJson {
  readonly format: 'graph-model';
  readonly generatedBy: string;
  readonly convertedBy: string;
  readonly signature: {
    readonly inputs: Readonly<Record<string, TensorInfo>>;
    readonly outputs: Readonly<Record<string, TensorInfo>>;
  };
  /** The `edgebeat.*` entries of the model's metadata. */
  readonly userDefinedMetadata: Readonly<Record<string, string>>;
  readonly modelTopology: {
    readonly node: readonly NodeDef[];
    readonly library: Record<string, never>;
    readonly versions: { readonly producer: number; readonly minConsumer: number };
  };
  readonly weightsManifest: readonly WeightsGroup[];
}

export interface TfjsExport {
  readonly modelJson: TfjsModelJson;
  /** Weights, by the file names that `model.json` has for them. */
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

/** More dimensions than that TensorFlow.js has no tensors of. */
const MOST_DIMENSIONS = 6;

const names: ReadonlySet<string> = new Set(INFERENCE_OPERATOR_NAMES);

/**
 * Writes a model as a TensorFlow.js graph model (`loadGraphModel` of @tensorflow/tfjs-converter), for its back ends `wasm` and
 * `cpu`. Inputs and outputs keep their names, in the signature; a symbolic batch stays open. int64 becomes int32.
 *
 * @param model of opset 21, float32 and without training operators; prepared models (normalisations folded, constants folded) run
 * faster
 * @throws ExportError naming the node that TensorFlow.js cannot run, and what is supported; GraphError for an invalid graph
 */
export function toTfjs(model: Model, { float16 = false }: TfjsOptions = {}): TfjsExport {
  const { graph, metadata, producer } = toSinglePrecision(model);
  const types = inferShapes(graph);
  const writer = new GraphWriter();
  const values = new ValueTable(writer, types, new Map(graph.initializers.map((one) => [one.name, one])));
  const inputs = graph.inputs.filter(({ name }) => values.constant(name) === undefined);
  const signatureInputs = inputs.map(({ name }) => {
    const where = `graph input "${name}"`;
    const { dtype, shape } = values.type(name);
    const sizes = openSizes(shape, where);
    const placeholder = writer.placeholder(name, tfType(dtype, where), sizes);
    values.setPlain(name, placeholder);
    return [name, tensorInfo(placeholder, values.type(name), where)] as const;
  });
  for (const node of graph.nodes) lowerNode(node, writer, values);
  const taken = new Set(signatureInputs.map(([, { name }]) => name));
  const signatureOutputs = graph.outputs.map(({ name }) => {
    const tensor = ownNode(name, values, writer, taken);
    taken.add(`${tensor}:0`);
    return [name, tensorInfo(tensor, values.type(name), `graph output "${name}"`)] as const;
  });
  const outputNodes = new Set(signatureOutputs.map(([, { name }]) => name.replace(/:0$/, '')));
  const { manifest, shards } = writeWeights(writer.weights, float16);
  return {
    modelJson: {
      format: 'graph-model',
      generatedBy: [producer.name, producer.version].filter(Boolean).join(' '),
      convertedBy: 'edgebeat',
      signature: {
        inputs: Object.fromEntries(signatureInputs),
        outputs: Object.fromEntries(signatureOutputs),
      },
      userDefinedMetadata: Object.fromEntries([...metadata].filter(([key]) => key.startsWith('edgebeat.'))),
      modelTopology: {
        node: fuseNodes(writer.nodes, writer.weights, outputNodes),
        library: {},
        versions: { producer: 1, minConsumer: 12 },
      },
      weightsManifest: manifest,
    },
    shards,
  };
}

/**
 * The files of an exported model, by name: `model.json` and the shards, to be written into one folder.
 */
export function tfjsFiles({ modelJson, shards }: TfjsExport): Map<string, Uint8Array> {
  return new Map([['model.json', new TextEncoder().encode(JSON.stringify(modelJson))], ...shards]);
}

function lowerNode(node: Node, writer: GraphWriter, values: ValueTable): void {
  if (!names.has(node.operator)) {
    throw new ExportError(
      `${describeNode(node)}: is an operator of training graphs`,
      `TensorFlow.js models hold ${INFERENCE_OPERATOR_NAMES.join(', ')}.`,
    );
  }
  const known = node as NodeOf<InferenceOperatorName>;
  const lowering = lowerings[known.operator] as Lowering<InferenceOperatorName>;
  checkTypes(known, lowering, values);
  lowering.lower(new LoweringCall(known, attributesOf(known), writer, values));
}

function checkTypes(node: Node, lowering: Lowering<InferenceOperatorName>, values: ValueTable): void {
  const where = describeNode(node);
  for (const value of [...node.inputs, ...node.outputs]) {
    if (value === '') continue;
    const { shape } = values.type(value);
    if (shape.length > MOST_DIMENSIONS) {
      throw new ExportError(
        `${where}: "${value}" has ${shape.length} dimensions`,
        `TensorFlow.js has tensors of up to ${MOST_DIMENSIONS}.`,
      );
    }
  }
  const first = node.inputs[0];
  if (lowering.moves || first === undefined || values.type(first).dtype === 'float32') return;
  throw new ExportError(
    `${where}: computes with ${values.type(first).dtype}`,
    'It is supported for float32: add a Cast, or fold the constants.',
  );
}

/** The node that gives an output: one that is no input, no other output, and whose first output it is. */
function ownNode(output: string, values: ValueTable, writer: GraphWriter, taken: ReadonlySet<string>): string {
  const tensor = values.plain(output);
  const isOwn = !tensor.includes(':') && !taken.has(`${tensor}:0`) && values.constant(output) === undefined;
  const isConstant = writer.weights.some(({ name }) => name === tensor);
  return isOwn && !isConstant ? tensor : writer.node('Identity', output, [tensor]);
}

function tensorInfo(node: string, { dtype, shape }: TensorType, where: string): TensorInfo {
  return {
    name: `${node}:0`,
    dtype: tfTypeNames[tfType(dtype, where)],
    tensorShape: shapeProto(openSizes(shape, where)),
  };
}
