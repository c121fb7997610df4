/** Arithmetic of a graph that is a polynomial in one of its values. */
import type { GraphView } from './graph-view.js';

/** Coefficients, that of the constant first. */
export type Polynomial = readonly number[];

const HIGHEST_DEGREE = 4;
const DEEPEST = 12;

/** `value` as a polynomial in `x`; undefined where it is none of low degree. */
export function polynomialIn(x: string, value: string, view: GraphView, depth = 0): Polynomial | undefined {
  if (value === x) return [0, 1];
  const constant = view.scalar(value);
  if (constant !== undefined) return [constant];
  const node = view.maker(value, 'Add', 'Sub', 'Mul', 'Div', 'Pow', 'Neg');
  if (!node || depth > DEEPEST) return undefined;
  const a = polynomialIn(x, node.inputs[0]!, view, depth + 1);
  if (!a) return undefined;
  if (node.operator === 'Neg') return a.map((coefficient) => -coefficient);
  if (node.operator === 'Pow') return power(a, Number(view.constant(node.inputs[1])?.data[0]));
  const b = polynomialIn(x, node.inputs[1]!, view, depth + 1);
  if (!b) return undefined;
  switch (node.operator) {
    case 'Add':
      return sum(a, b, 1);
    case 'Sub':
      return sum(a, b, -1);
    case 'Mul':
      return product(a, b);
    default:
      return b.length === 1 ? a.map((coefficient) => coefficient / b[0]!) : undefined;
  }
}

function sum(a: Polynomial, b: Polynomial, sign: number): Polynomial {
  return Array.from(
    { length: Math.max(a.length, b.length) },
    (_, degree) => (a[degree] ?? 0) + sign * (b[degree] ?? 0),
  );
}

function product(a: Polynomial, b: Polynomial): Polynomial | undefined {
  const result = Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) result[i + j] = result[i + j]! + x * y;
  }
  return result.length - 1 > HIGHEST_DEGREE ? undefined : result;
}

function power(base: Polynomial, exponent: number): Polynomial | undefined {
  if (!Number.isInteger(exponent) || exponent < 1 || exponent > HIGHEST_DEGREE) return undefined;
  let result: Polynomial | undefined = base;
  for (let count = 1; count < exponent && result; count++) result = product(result, base);
  return result;
}
