/** Which initializers of a graph training changes. */
import type { Graph, Tensor } from '@edgebeat/graph';

export interface Trainables {
  /** Changed by the optimizer: float32 initializers of rank 1 and more (scalars are constants of formulas). */
  readonly parameters: readonly Tensor[];
  /** Running statistics of BatchNormalization: means and variances, updated from each batch. */
  readonly statistics: readonly Tensor[];
}

/**
 * @param isFrozen initializers, by name, that shall stay as they are.
 */
export function trainablesOf(graph: Graph, isFrozen: (name: string) => boolean = () => false): Trainables {
  const statisticNames = new Set(
    graph.nodes.flatMap(({ operator, inputs }) => (operator === 'BatchNormalization' ? inputs.slice(3) : [])),
  );
  const statistics = graph.initializers.filter(({ name }) => statisticNames.has(name));
  const parameters = graph.initializers.filter(
    ({ name, dtype, shape }) => dtype === 'float32' && shape.length > 0 && !statisticNames.has(name) && !isFrozen(name),
  );
  return { parameters, statistics };
}
