/** Brings a decoded model into the form that edgebeat works on. */
import { type DecodeOptions, decodeModel } from '../codec/decode-model.js';
import { GraphError } from '../graph-error.js';
import { isSupported } from '../inference/infer-node.js';
import { describeNode, type Model, type Node } from '../model.js';
import { OLDEST_OPSET, SUPPORTED_IR_VERSION, SUPPORTED_OPSET } from '../supported-versions.js';
import { initializerOf } from './constant-nodes.js';
import { IMPORT_ONLY_OPERATORS } from './import-only.js';
import { ShapeResolver } from './resolve-shapes.js';
import { rewrites } from './rewrites.js';
import { UpgradeContext } from './upgrade-context.js';

/**
 * Gives an equal model of opset 21: Constant nodes become initializers, initializers no longer stand among the inputs
 * (as they had to before IR version 4), and nodes of opset 7 to 20 are rewritten:
 *
 * - axes of Squeeze, Unsqueeze, ReduceSum (13), ReduceMean, ReduceMax, ReduceMin, ReduceL2 (18), sizes of Split (13),
 *   limits of Clip and paddings of Pad (11), bounds of Slice (10): from attributes to inputs;
 * - Split into equal pieces says how many (18);
 * - Softmax and LogSoftmax before 13, where they run over the last dimension;
 * - BatchNormalization before 14, where it has one output;
 * - Dropout, which passes everything on where a network answers: an Identity.
 *
 * Shapes that a model computes while it runs (Shape, Gather, Concat, Reshape: how exporters keep the batch open) are followed and
 * written down as constants; `resolve-shapes.ts` says how. What cannot be written down stays, and `inferShapes` refuses it.
 *
 * @throws GraphError for an opset before 7 or after 21, and for a node of an older opset that has no such rewrite
 */
export function upgradeModel(model: Model): Model {
  if (model.opset < OLDEST_OPSET || model.opset > SUPPORTED_OPSET) {
    throw new GraphError(
      'model',
      `is of opset ${model.opset}`,
      `opsets ${OLDEST_OPSET} to ${SUPPORTED_OPSET} are supported: export it at opset ${SUPPORTED_OPSET}`,
    );
  }
  const { graph } = model;
  const context = new UpgradeContext(graph);
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const resolver = new ShapeResolver(context, outputs);
  const nodes: Node[] = [];
  for (const node of graph.nodes) {
    if (node.operator === 'Constant' && node.domain === undefined && !outputs.has(node.outputs[0] ?? '')) {
      context.addInitializer(initializerOf(node));
      continue;
    }
    for (const upgraded of resolver.resolve(upgradeNode(node, model.opset, context))) {
      context.pass(upgraded);
      nodes.push(upgraded);
    }
  }
  const left = resolver.withoutLeftOvers(nodes);
  // What shapes were computed from is of no use any more; what the file holds stays.
  const needed = new Set([
    ...outputs,
    ...left.flatMap((node) => node.inputs),
    ...graph.initializers.map(({ name }) => name),
  ]);
  const initializers = context.initializers.filter(({ name }) => needed.has(name));
  const inputs = graph.inputs.filter(({ name }) => !context.constant(name));
  return {
    ...model,
    irVersion: Math.max(model.irVersion, SUPPORTED_IR_VERSION),
    opset: SUPPORTED_OPSET,
    graph: { ...graph, inputs, nodes: left, initializers },
  };
}

function upgradeNode(node: Node, opset: number, context: UpgradeContext): Node {
  if (isSupported(node)) {
    const due = rewrites[node.operator]?.filter(({ before }) => opset < before) ?? [];
    return due.reduce<Node>((current, { apply }) => apply(current, context), node);
  }
  if (opset === SUPPORTED_OPSET || node.domain !== undefined || IMPORT_ONLY_OPERATORS.has(node.operator)) return node;
  throw new GraphError(
    describeNode(node),
    `is not a supported operator, and cannot be upgraded from opset ${opset}`,
    `export the model at opset ${SUPPORTED_OPSET}, or without this operator`,
  );
}

/**
 * Reads a model by the one door for all: decoded, then upgraded to opset 21.
 *
 * @throws GraphError as `decodeModel` and `upgradeModel` do
 */
export function importModel(bytes: Uint8Array, options?: DecodeOptions): Model {
  return upgradeModel(decodeModel(bytes, options));
}
