/**
 * Gelu written out: x · ½ · (1 + erf(x / √2)), or its approximation x · ½ · (1 + tanh(√(2/π) · (x + 0.044715 x³))), the factors in
 * any order.
 */
import type { Attribute, Node } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { node as makeNode, nameOf, text } from '../nodes.js';
import { type Polynomial, polynomialIn } from '../polynomial.js';
import type { Rule } from '../rule.js';

const slope = Math.sqrt(2 / Math.PI);
interface Form {
  /** Of Erf or Tanh, as a polynomial in x. */
  readonly argument: Polynomial;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

const forms: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['Erf', { argument: [0, Math.SQRT1_2], attributes: {} }],
  ['Tanh', { argument: [0, slope, 0, 0.044715 * slope], attributes: { approximate: text('tanh') } }],
]);

/** Share by which a coefficient may differ: exporters write float32, and not all of its digits. */
const TOLERANCE = 2e-6;

/** Factors behind 1 + erf. */
const MOST_FACTORS = 3;

export const recogniseGelu: Rule = {
  name: 'recognise-gelu',
  match(node, view) {
    const form = node.domain === undefined ? forms.get(node.operator) : undefined;
    const sum = form && view.onlyReader(node.outputs[0], 'Add');
    const one = sum && view.operands(sum);
    if (!form || !sum || one?.constant.data.length !== 1 || one.constant.data[0] !== 1) return undefined;
    const found = halfTimes(sum, view, (x) => {
      const argument = polynomialIn(x, node.inputs[0]!, view);
      return argument !== undefined && agree(argument, form.argument);
    });
    if (!found || view.shape(found.x)?.join() !== view.shape(found.last.outputs[0])?.join()) return undefined;
    const add = [makeNode('Gelu', nameOf(found.last), [found.x], found.last.outputs[0]!, form.attributes)];
    return { remove: [found.last], add };
  },
};

/** The last of the products that make x · ½ · `sum`, for an x that is the right one. */
function halfTimes(
  sum: Node,
  view: GraphView,
  isRight: (x: string) => boolean,
): { readonly x: string; readonly last: Node } | undefined {
  let x: string | undefined;
  let factor = 1;
  let last = sum;
  for (let count = 0; count < MOST_FACTORS; count++) {
    const value = last.outputs[0]!;
    const product = view.onlyReader(value, 'Mul', 'Div');
    if (!product) return undefined;
    const other = product.inputs[0] === value ? product.inputs[1]! : product.inputs[0]!;
    const constant = view.scalar(other);
    if (product.operator === 'Div' && (constant === undefined || product.inputs[0] !== value)) return undefined;
    if (constant !== undefined) factor *= product.operator === 'Div' ? 1 / constant : constant;
    else {
      const scaled = isRight(other) ? { x: other, factor: 1 } : scaledValue(other, view);
      if (x !== undefined || !scaled || !isRight(scaled.x)) return undefined;
      x = scaled.x;
      factor *= scaled.factor;
    }
    last = product;
    if (x !== undefined && Math.abs(factor - 0.5) < TOLERANCE) return { x, last };
  }
  return undefined;
}

/** A value as another one times a number. */
function scaledValue(name: string, view: GraphView): { readonly x: string; readonly factor: number } | undefined {
  const node = view.maker(name, 'Mul', 'Div');
  const operands = node && view.operands(node);
  const constant = operands && view.scalar(operands.constant.name);
  if (!operands || constant === undefined || (node.operator === 'Div' && operands.position === 0)) return undefined;
  return { x: operands.value, factor: node.operator === 'Div' ? 1 / constant : constant };
}

function agree(a: Polynomial, b: Polynomial): boolean {
  const degrees = Array.from({ length: Math.max(a.length, b.length) }, (_, degree) => degree);
  return degrees.every((degree) => {
    const [x, y] = [a[degree] ?? 0, b[degree] ?? 0];
    return y === 0 ? x === 0 : Math.abs(x / y - 1) < TOLERANCE;
  });
}
