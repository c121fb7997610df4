/** How many numbers a network has learnt. */
import type { Graph, Model } from '../model.js';
import { elementCount, type Tensor } from '../tensor.js';

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
