/** How much work the matrix operators of a network are. */
import { attributesOf, elementCount, type Graph, inferShapes, type NodeOf } from '@edgebeat/graph';

/** Multiplications of Conv, Gemm and MatMul for one window. */
export function multiplyAccumulates(graph: Graph): number {
  const types = inferShapes(graph);
  const shapeOf = (value: string) => types.get(value)!.shape.map((size) => (typeof size === 'number' ? size : 1));
  return graph.nodes.reduce((sum, node) => {
    const [a = '', b = ''] = node.inputs;
    const outputs = elementCount(shapeOf(node.outputs[0]!));
    switch (node.operator) {
      case 'Conv':
        return sum + outputs * elementCount(shapeOf(b).slice(1));
      case 'Gemm':
        return sum + outputs * shapeOf(b)[attributesOf(node as NodeOf<'Gemm'>).transB ? 1 : 0]!;
      case 'MatMul':
        return sum + outputs * shapeOf(a).at(-1)!;
      default:
        return sum;
    }
  }, 0);
}
