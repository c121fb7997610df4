/** Operators that treat every element alike, whatever the order of the dimensions. */
import type { Node, OperatorName } from '@edgebeat/graph';

const ELEMENTWISE: ReadonlySet<string> = new Set<OperatorName>([
  'Abs',
  'Add',
  'Div',
  'Erf',
  'Exp',
  'Gelu',
  'Identity',
  'Mul',
  'Neg',
  'Relu',
  'Sigmoid',
  'Sqrt',
  'Sub',
  'Tanh',
]);

export function isElementwise(node: Node): node is Node & { operator: OperatorName } {
  return ELEMENTWISE.has(node.operator);
}
