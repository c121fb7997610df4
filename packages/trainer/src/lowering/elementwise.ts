/**
 * Operators that treat every element alike, whatever the order of the dimensions; quantization where scale and zero point are
 * scalars.
 */
import type { Node, OperatorName } from '@edgebeat/graph';

const ELEMENTWISE: ReadonlySet<string> = new Set<OperatorName>([
  'Abs',
  'Add',
  'DequantizeLinear',
  'Div',
  'Erf',
  'Exp',
  'Gelu',
  'Identity',
  'Mul',
  'Neg',
  'QuantizeLinear',
  'Relu',
  'Sigmoid',
  'Sqrt',
  'Sub',
  'Tanh',
]);

export function isElementwise(node: Node): node is Node & { operator: OperatorName } {
  return ELEMENTWISE.has(node.operator);
}
