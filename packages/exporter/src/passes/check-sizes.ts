/** Refuses graphs whose values no wearable, and no laptop, would hold. */
import { describeNode, describeType, type Graph, inferShapes, type Node, type TensorType } from '@edgebeat/graph';
import { ExportError } from '../export-error.js';

/** Elements of one value for one window: 256 MiB of float32. */
const MOST_ELEMENTS = 2 ** 26;

/** @throws ExportError that names the first value with more elements; GraphError as `inferShapes` does */
export function checkSizes(graph: Graph): void {
  const types = inferShapes(graph);
  for (const { name } of graph.inputs) check(`graph input "${name}"`, types.get(name));
  for (const node of graph.nodes) for (const name of node.outputs) checkOutput(node, types.get(name));
}

function checkOutput(node: Node, type: TensorType | undefined): void {
  check(describeNode(node), type);
}

function check(where: string, type: TensorType | undefined): void {
  const count = type?.shape.reduce<number>((product, size) => product * (typeof size === 'number' ? size : 1), 1) ?? 0;
  if (count <= MOST_ELEMENTS) return;
  throw new ExportError(
    `${where}: makes ${describeType(type!)}, more than ${MOST_ELEMENTS} elements for one window`,
    'the file is damaged, or made for other machines: values must be smaller',
  );
}
