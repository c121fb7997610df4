/** The operators that do nearly all the work of a network: products of an activation with a constant weight, and their biases. */
import { attributesOf, describeNode, type Graph, type Node, type NodeOf, type QuantizedWeight } from '@edgebeat/graph';
import { ExportError } from '../export-error.js';

/** Conv, Gemm, or MatMul with the addition of a bias behind it. */
export interface MatrixOperator {
  readonly node: Node;
  /** The activation. */
  readonly input: string;
  readonly weight: QuantizedWeight;
  /** The node that adds the bias: `node` itself, or the Add behind a MatMul; undefined for a MatMul without one. */
  readonly adder: { readonly node: Node; readonly input: number } | undefined;
  /** Name of the bias, where there is one. */
  readonly bias: string | undefined;
  /** What comes out, the bias added. */
  readonly output: string;
}

const MATRIX_OPERATORS: readonly string[] = ['Conv', 'Gemm', 'MatMul'];

/** Whether a node is a product of matrices, constant or not. */
export function isMatrixOperator({ operator }: Node): boolean {
  return MATRIX_OPERATORS.includes(operator);
}

/**
 * Lists them in the order of the graph.
 *
 * @param weights of `quantizedValues`, @param held names of the activations of `quantizedValues`.
 * @throws ExportError for a Gemm that does more than x · w + b, and a Conv or Gemm whose weight is computed while its bias is not.
 */
export function matrixOperators(
  graph: Graph,
  weights: readonly QuantizedWeight[],
  held: ReadonlySet<string>,
): readonly MatrixOperator[] {
  const constants = new Set(graph.initializers.map(({ name }) => name));
  const readers = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const name of node.inputs) readers.set(name, [...(readers.get(name) ?? []), node]);
  const weightsByReader = new Map<Node, { weight: QuantizedWeight; input: number }>();
  for (const weight of weights)
    for (const { node, input } of weight.readers) weightsByReader.set(node, { weight, input });

  return graph.nodes.flatMap((node): MatrixOperator[] => {
    if (!isMatrixOperator(node)) return [];
    checkGemm(node);
    const its = weightsByReader.get(node);
    const [output] = node.outputs as [string];
    if (its === undefined) {
      if ((node.inputs[2] ?? '') === '') return [];
      throw new ExportError(
        `${describeNode(node)}: its weight is computed, and it has a bias`,
        'Conv and Gemm want constant weights; write a product of activations as MatMul.',
      );
    }
    const { weight } = its;
    const input = node.inputs[1 - its.input]!;
    if (node.operator !== 'MatMul') {
      const bias = node.inputs[2] === '' ? undefined : node.inputs[2];
      return [{ node, input, weight, adder: { node, input: 2 }, bias, output }];
    }
    // `quantizedValues` does not hold a product whose bias comes next.
    const [adder] = held.has(output) ? [] : (readers.get(output) ?? []);
    const at = adder?.operator === 'Add' ? adder.inputs.findIndex((name) => constants.has(name)) : -1;
    if (at < 0) return [{ node, input, weight, adder: undefined, bias: undefined, output }];
    const bias = adder!.inputs[at]!;
    return [{ node, input, weight, adder: { node: adder!, input: at }, bias, output: adder!.outputs[0]! }];
  });
}

function checkGemm(node: Node): void {
  if (node.operator !== 'Gemm') return;
  const { alpha, beta, transA } = attributesOf(node as NodeOf<'Gemm'>);
  if (alpha === 1 && beta === 1 && !transA) return;
  throw new ExportError(
    `${describeNode(node)}: alpha is ${alpha}, beta ${beta}, transA ${transA ? 1 : 0}`,
    'An int8 Gemm is x · w + b: multiply alpha into the weight, beta into the bias, and transpose the input beforehand.',
  );
}
