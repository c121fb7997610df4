/** Nodes whose inputs are constants: onnxruntime computes them once, whatever the operator. */
import {
  arrayOf,
  elementCount,
  encodeModel,
  type Graph,
  inferShapes,
  type Model,
  type Node,
  type Tensor,
  type TensorType,
} from '@edgebeat/graph';
import { InferenceSession } from 'onnxruntime-node';
import { ExportError } from '../export-error.js';

/** Bytes that constants may take without regard to the file; more must be in proportion to what the file holds. */
const FREE_BYTES = 4 * 2 ** 20;
const LARGEST_RATIO = 16;

/** Nodes that are computed at a time: sessions of very many take long to make. */
const MOST_NODES = 1000;

/** Operators that say how a value is stored, not what it is. */
const KEPT: ReadonlySet<string> = new Set(['QuantizeLinear', 'DequantizeLinear']);

/**
 * Computes what follows from initializers alone, and puts initializers in its place. Nodes that make outputs of the graph stay.
 *
 * @returns the model and the nodes that went
 * @throws ExportError where the constants would be out of proportion to the file, or onnxruntime cannot compute them
 */
export async function foldConstants(
  model: Model,
): Promise<{ readonly model: Model; readonly folded: readonly Node[] }> {
  const { graph } = model;
  const types = inferShapes(graph);
  const folded = constantNodes(graph);
  if (folded.length === 0) return { model, folded };
  checkBytes(folded, graph, types);
  let current = model;
  for (let first = 0; first < folded.length; first += MOST_NODES) {
    current = await computed(current, folded.slice(first, first + MOST_NODES), types);
  }
  return { model: current, folded };
}

function constantNodes({ nodes, initializers, outputs }: Graph): readonly Node[] {
  const stored = new Map(initializers.map((one) => [one.name, one]));
  const known = new Set(stored.keys());
  const kept = new Set(outputs.map(({ name }) => name));
  return nodes.filter((node) => {
    const foldable =
      !KEPT.has(node.operator) &&
      node.inputs.every((name) => name === '' || known.has(name)) &&
      !node.outputs.some((name) => kept.has(name)) &&
      dividesSafely(node, stored);
    if (foldable) for (const name of node.outputs) known.add(name);
    return foldable;
  });
}

/** Integer division by 0 (and of the least number by −1) ends the process: such a divisor must be seen first. */
function dividesSafely(node: Node, stored: ReadonlyMap<string, Tensor>): boolean {
  if (node.operator !== 'Div') return true;
  const divisor = stored.get(node.inputs[1] ?? '');
  if (!divisor) return false;
  return (
    divisor.dtype.startsWith('float') ||
    (divisor.data as ArrayLike<number | bigint> as Int32Array).every((value) => value > 0)
  );
}

function checkBytes(folded: readonly Node[], graph: Graph, types: ReadonlyMap<string, TensorType>): void {
  const held = graph.initializers.reduce((bytes, { data }) => bytes + data.byteLength, 0);
  const limit = FREE_BYTES + LARGEST_RATIO * held;
  let bytes = 0;
  for (const node of folded) {
    for (const { dtype, shape } of node.outputs.flatMap((name) => types.get(name) ?? [])) {
      bytes += elementCount(shape as number[]) * arrayOf(dtype).BYTES_PER_ELEMENT;
    }
    if (bytes > limit) {
      throw new ExportError(
        `node "${node.name || node.outputs[0]}" (${node.operator}): makes constants of ${bytes} bytes from a model that holds ${held}`,
        'leave large constants out of the model, or store them in it',
      );
    }
  }
}

/** The model with initializers in the place of nodes. */
async function computed(
  model: Model,
  constants: readonly Node[],
  types: ReadonlyMap<string, TensorType>,
): Promise<Model> {
  const { graph } = model;
  const gone = new Set(constants);
  const nodes = graph.nodes.filter((node) => !gone.has(node));
  const made = new Set(constants.flatMap(({ outputs }) => outputs).filter((name) => name !== ''));
  const wanted = [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((name) => made.has(name));
  const values = await compute(model, constants, wanted, types);
  return { ...model, graph: { ...graph, nodes, initializers: [...graph.initializers, ...values] } };
}

async function compute(
  model: Model,
  nodes: readonly Node[],
  wanted: readonly string[],
  types: ReadonlyMap<string, TensorType>,
): Promise<Tensor[]> {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const graph: Graph = {
    name: 'constants',
    inputs: [],
    outputs: wanted.map((name) => ({ name, ...types.get(name)! })),
    nodes,
    initializers: model.graph.initializers.filter(({ name }) => read.has(name)),
    valueInfo: [],
  };
  const bytes = encodeModel({ ...model, metadata: new Map(), graph });
  try {
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      graphOptimizationLevel: 'disabled',
      logSeverityLevel: 4,
    });
    try {
      const results = await session.run({});
      return wanted.map((name) => {
        const { dtype, shape } = types.get(name)!;
        const data = new (arrayOf(dtype))(results[name]!.data.length);
        data.set(results[name]!.data as never);
        return { name, dtype, shape, data } as Tensor;
      });
    } finally {
      await session.release();
    }
  } catch (error) {
    throw new ExportError(
      `constants of the model cannot be computed (${(error as Error).message})`,
      'look at the node that the message names: its inputs are constants that do not go together',
      { cause: error },
    );
  }
}
