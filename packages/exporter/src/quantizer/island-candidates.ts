/**
 * Float islands: activations that stay float32 where int8 costs too much. Only operators whose float arithmetic is the same everywhere
 * make and read them, products of matrices never do.
 */
import { elementCount, type Graph, inferShapes, type Node, type QuantizedValues } from '@edgebeat/graph';
import { isMatrixOperator } from './matrix-operators.js';

/** Operators whose float32 results follow from additions, multiplications, divisions and roots, each rounded once. */
const READERS: readonly string[] = [
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Sqrt',
  'LayerNormalization',
  'Relu',
  'Clip',
  'ReduceMean',
];

const MAKERS: readonly string[] = ['Add', 'Sub', 'Mul', 'LayerNormalization', 'Relu', 'Clip', 'ReduceMean'];

/** Whether an operator takes float32 in an int8 graph. */
export function readsFloat({ operator }: Node): boolean {
  return READERS.includes(operator);
}

/** An activation that may stay float32. */
export interface IslandCandidate {
  readonly value: string;
  /** Elements that operators work on in float32 if it does, for one window. */
  readonly elements: number;
}

/**
 * Lists outputs of such operators, as long as an operator of these reads them as float32. What goes into the operator has codes, or
 * comes in float32 from another operator like it. What the graph gives out has codes: devices want int8 in and out.
 */
export function islandCandidates(graph: Graph, { activations }: QuantizedValues): readonly IslandCandidate[] {
  const types = inferShapes(graph);
  const held = new Set(activations.map(({ value }) => value));
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const elementsOf = (value: string) =>
    elementCount(types.get(value)!.shape.map((size) => (typeof size === 'number' ? size : 1)));
  /** Whether an operand is a product that has not become codes yet: its reader adds the bias, or clips it. */
  const isProduct = (value: string): boolean => {
    const maker = makers.get(value);
    return maker !== undefined && !held.has(value) && (isMatrixOperator(maker) || maker.inputs.some(isProduct));
  };
  const isExact = (node: Node) => MAKERS.includes(node.operator) && !node.inputs.some(isProduct);
  return activations.flatMap(({ value, like }) => {
    const maker = makers.get(value);
    if (maker === undefined || like !== undefined || !isExact(maker) || outputs.has(value)) return [];
    const isRead = graph.nodes.some((node) => node.inputs.includes(value) && readsFloat(node));
    return isRead ? [{ value, elements: elementsOf(value) }] : [];
  });
}
