/** Integers that a graph computes from the shapes of its values, known while importing but for symbolic dimensions. */
import type { Dimension } from '../model.js';

/** A whole number, or a number times symbolic dimensions: 4 · N is what heads and batch make together. */
export type Element = number | { readonly factor: number; readonly symbols: readonly string[] };

/** A small tensor of such numbers, in row-major order. Truth values are 0 and 1. */
export interface ShapeValue {
  readonly dtype: 'int64' | 'int32' | 'bool';
  readonly shape: readonly number[];
  readonly elements: readonly Element[];
}

/** Larger tensors are data, not shapes. */
export const MOST_ELEMENTS = 1024;

export function elementOf(dimension: Dimension): Element {
  return typeof dimension === 'number' ? dimension : { factor: 1, symbols: [dimension] };
}

/** The dimension that an element is; undefined for a product that no single dimension stands for. */
export function dimensionOf(element: Element): Dimension | undefined {
  if (typeof element === 'number') return element;
  return element.factor === 1 && element.symbols.length === 1 ? element.symbols[0] : undefined;
}

/** A shape value without symbolic dimensions. */
export interface KnownShapeValue extends ShapeValue {
  readonly elements: readonly number[];
}

export function isKnown(value: ShapeValue): value is KnownShapeValue {
  return value.elements.every((element) => typeof element === 'number');
}

function parts(element: Element): { factor: number; symbols: readonly string[] } {
  return typeof element === 'number' ? { factor: element, symbols: [] } : element;
}

function simplest(factor: number, symbols: readonly string[]): Element | undefined {
  if (!Number.isSafeInteger(factor)) return undefined;
  return symbols.length === 0 || factor === 0 ? factor : { factor, symbols: [...symbols].sort() };
}

function sum(a: Element, b: Element, sign: 1 | -1): Element | undefined {
  const [x, y] = [parts(a), parts(b)];
  if (y.factor === 0) return a;
  if (x.factor === 0) return simplest(sign * y.factor, y.symbols);
  if (x.symbols.join() !== y.symbols.join()) return undefined;
  return simplest(x.factor + sign * y.factor, x.symbols);
}

function product(a: Element, b: Element): Element | undefined {
  const [x, y] = [parts(a), parts(b)];
  return simplest(x.factor * y.factor, [...x.symbols, ...y.symbols]);
}

/** Rounded towards zero between numbers, as ONNX has it; with symbols only where nothing is left over. */
function ratio(a: Element, b: Element): Element | undefined {
  const [x, y] = [parts(a), parts(b)];
  if (y.factor === 0) return undefined;
  if (y.symbols.length === 0 && x.symbols.length === 0) return Math.trunc(x.factor / y.factor);
  const left = [...x.symbols];
  for (const symbol of y.symbols) {
    const at = left.indexOf(symbol);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return x.factor % y.factor === 0 ? simplest(x.factor / y.factor, left) : undefined;
}

/** A symbolic dimension has at least one element, so that it is none of the marks 0 and −1. */
function equality(a: Element, b: Element): Element | undefined {
  const [x, y] = [parts(a), parts(b)];
  if (x.symbols.join() === y.symbols.join()) return x.factor === y.factor ? 1 : 0;
  const number = typeof a === 'number' ? a : typeof b === 'number' ? b : undefined;
  return number !== undefined && number <= 0 ? 0 : undefined;
}

/** What two elements make; undefined where it is no single product. */
export const elementArithmetic: Readonly<Record<string, (a: Element, b: Element) => Element | undefined>> = {
  Add: (a, b) => sum(a, b, 1),
  Sub: (a, b) => sum(a, b, -1),
  Mul: product,
  Div: ratio,
  Equal: equality,
};
