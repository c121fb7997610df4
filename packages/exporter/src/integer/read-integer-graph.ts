/** From a QDQ graph to its integer view. */
import {
  describeNode,
  type Graph,
  isSupported,
  type Model,
  SUPPORTED_OPSET,
  TRAINING_OPERATOR_NAMES,
} from '@edgebeat/graph';
import { ExportError } from '../export-error.js';
import type { IntegerGraph } from './integer-graph.js';
import { nodeReaders } from './reading/node-readers.js';
import { QdqIndex } from './reading/qdq-index.js';
import { ReadingContext } from './reading/reading-context.js';

/**
 * Reads a QDQ graph, as `quantizeModel` writes it or another tool wrote it alike: int8 weights behind DequantizeLinear, pairs of
 * QuantizeLinear and DequantizeLinear around activations, graph inputs and outputs in float32. A Relu, Clip or bias between a
 * product and its pair becomes part of the product; values without a pair make float islands.
 *
 * @param model of a batch of 1 or a symbolic one, which becomes 1.
 * @throws ExportError that names a node which cannot be int8; GraphError for a graph that is not valid
 */
export function readIntegerGraph(model: Model): IntegerGraph {
  if (model.opset !== SUPPORTED_OPSET)
    throw new ExportError(`${model.graph.name} is of opset ${model.opset}`, 'open it by importModel, which upgrades');
  const index = new QdqIndex(withBatchOfOne(model.graph));
  const context = new ReadingContext(index);
  const inputs = readInputs(context);
  for (const node of index.graph.nodes) {
    if (context.isDone(node)) continue;
    if (!isSupported(node) || isOfTraining(node.operator))
      throw new ExportError(
        `${describeNode(node)}: is not an operator of networks that answer`,
        'rewrite the model without it',
      );
    nodeReaders[node.operator as keyof typeof nodeReaders](context, node);
  }
  const outputs = index.graph.outputs.map(({ name }) => {
    const source = { name, operator: 'output', inputs: [], outputs: [name], attributes: new Map() };
    return { name, tensor: context.tensor(source, name).name };
  });
  return { name: model.graph.name, tensors: context.tensors, inputs, outputs, operations: context.operations };
}

function isOfTraining(operator: string): boolean {
  return (TRAINING_OPERATOR_NAMES as readonly string[]).includes(operator);
}

/** Graph inputs are quantized first; their tensors have the inputs' names. */
function readInputs(context: ReadingContext): string[] {
  const { graph } = context.index;
  const initializers = new Set(graph.initializers.map(({ name }) => name));
  return graph.inputs
    .filter(({ name }) => !initializers.has(name))
    .map(({ name }) => {
      const reader = context.index.onlyReader(name);
      if (reader?.operator !== 'QuantizeLinear')
        throw new ExportError(
          `graph input "${name}" is not quantized`,
          'put QuantizeLinear and DequantizeLinear behind it',
        );
      context.markDone(reader);
      return context.addPair(context.index.pairOf(reader), name);
    });
}

function withBatchOfOne(graph: Graph): Graph {
  const one = ({ shape, ...info }: Graph['inputs'][number]) => ({
    ...info,
    ...(shape && { shape: shape.map((size, axis) => (axis === 0 && typeof size === 'string' ? 1 : size)) }),
  });
  const outputs = graph.outputs.map(({ shape: _, ...info }) => info);
  return { ...graph, inputs: graph.inputs.map(one), outputs, valueInfo: [] };
}
