/** Which initializers of a graph training changes. */

import type { Graph, Tensor } from '@edgebeat/graph';
import { parametersOf } from '@edgebeat/graph';

export interface Trainables {
  /** Changed by the optimizer. */
  readonly parameters: readonly Tensor[];
  /** Running statistics of BatchNormalization: means and variances, updated from each batch. */
  readonly statistics: readonly Tensor[];
}

/**
 * @param isFrozen initializers, by name, that shall stay as they are, running statistics among them.
 */
export function trainablesOf(graph: Graph, isFrozen: (name: string) => boolean = () => false): Trainables {
  const statisticNames = new Set(
    graph.nodes.flatMap(({ operator, inputs }) => (operator === 'BatchNormalization' ? inputs.slice(3) : [])),
  );
  return {
    parameters: parametersOf(graph).filter(({ name, dtype }) => dtype === 'float32' && !isFrozen(name)),
    statistics: graph.initializers.filter(({ name }) => statisticNames.has(name) && !isFrozen(name)),
  };
}
