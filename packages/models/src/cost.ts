/** What a network costs: how many numbers it has learnt, how many multiplications a window takes. */
import {
  elementCount,
  type Graph,
  inferShapes,
  type Model,
  type Node,
  type Tensor,
  UNKNOWN_DIMENSION,
  type ValueInfo,
} from '@edgebeat/graph';

/**
 * The tensors of a graph that are learnt by gradient: its floating-point initializers, except running statistics of batch
 * normalisations and scalars, which are constants of the architecture.
 */
export function parametersOf(graph: Graph): Tensor[] {
  const statistics = new Set(
    graph.nodes.filter(({ operator }) => operator === 'BatchNormalization').flatMap(({ inputs }) => inputs.slice(3)),
  );
  return graph.initializers.filter(
    ({ name, dtype, shape }) => floats.has(dtype) && shape.length > 0 && !statistics.has(name),
  );
}

const floats: ReadonlySet<string> = new Set(['float16', 'bfloat16', 'float32', 'float64']);

/** Number of learnt parameters of a floating-point model (see `parametersOf`). */
export function countParameters(model: Model): number {
  return parametersOf(model.graph).reduce((count, { shape }) => count + elementCount(shape), 0);
}

/**
 * Multiply-accumulate operations of all Conv, Gemm and MatMul nodes, with every symbolic dimension at 1: those of one window,
 * where the batch is symbolic.
 *
 * @throws GraphError for a graph whose shapes cannot be inferred
 */
export function countMacs({ graph }: Model): number {
  const types = inferShapes({ ...graph, inputs: graph.inputs.map(withUnitBatch) });
  const sizesOf = (name: string) => types.get(name)!.shape as readonly number[];
  return graph.nodes.reduce((count, node) => count + nodeMacs(node, sizesOf), 0);
}

function withUnitBatch(input: ValueInfo): ValueInfo {
  if (!input.shape) return input;
  // A dimension left open is no batch: shape inference says so.
  const shape = input.shape.map((size) => (typeof size === 'string' && size !== UNKNOWN_DIMENSION ? 1 : size));
  return { ...input, shape };
}

/** Elements of the output, times the number of products that each is the sum of. */
function nodeMacs(node: Node, sizesOf: (name: string) => readonly number[]): number {
  const summands = summandsOf(node, sizesOf);
  return summands === 0 ? 0 : summands * elementCount(sizesOf(node.outputs[0]!));
}

function summandsOf(node: Node, sizesOf: (name: string) => readonly number[]): number {
  const [first, second] = node.inputs;
  switch (node.operator) {
    case 'Conv':
      return elementCount(sizesOf(second!).slice(1));
    case 'Gemm':
      return sizesOf(first!)[node.attributes.get('transA')?.value === 1 ? 0 : 1]!;
    case 'MatMul':
      return sizesOf(first!).at(-1)!;
    default:
      return 0;
  }
}
