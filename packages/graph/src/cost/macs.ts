/** How many multiplications a window takes. */
import type { Model, Node } from '../model.js';
import { elementCount } from '../tensor.js';
import { type SizedType, windowSizes } from './window-sizes.js';

/**
 * Multiply-accumulate operations of all Conv, Gemm and MatMul nodes, with every symbolic dimension at 1: those of one window,
 * where the batch is symbolic.
 *
 * @throws GraphError for a graph whose shapes cannot be inferred
 */
export function countMacs({ graph }: Model): number {
  const sizes = windowSizes(graph);
  return graph.nodes.reduce((count, node) => count + nodeMacs(node, sizes), 0);
}

/**
 * Those of one node: elements of the output, times the number of products that each is the sum of.
 *
 * @param sizes of all values (see `windowSizes`).
 */
export function nodeMacs(node: Node, sizes: ReadonlyMap<string, SizedType>): number {
  const sizesOf = (name: string) => sizes.get(name)!.shape;
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
