/** Arithmetic on shapes with symbolic dimensions, shared by the shape rules. */
import type { Dimension, Shape } from '../model.js';
import type { OperatorCall } from './operator.js';

/**
 * The shape that two shapes broadcast to, NumPy's way. A symbolic dimension broadcasts with 1 and with itself only: what
 * else it might equal is not known.
 */
export function broadcast(call: OperatorCall, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x === y || y === 1) return x;
    if (x === 1) return y;
    return call.fail(
      `[${a.join(', ')}] and [${b.join(', ')}] do not broadcast: ${x} against ${y}`,
      'dimensions, counted from the last, must be equal or 1',
    );
  });
}

/** A number of elements: a known factor times symbolic dimensions. */
interface Product {
  readonly factor: number;
  readonly symbols: readonly string[];
}

function product(shape: Shape): Product {
  return {
    factor: shape.reduce<number>((total, size) => (typeof size === 'number' ? total * size : total), 1),
    symbols: shape.filter((size) => typeof size === 'string'),
  };
}

/** The one dimension that has as many elements as all of `shape`: a size or a lone symbol; undefined for anything else. */
export function merge(shape: Shape): Dimension | undefined {
  return quotient(shape, []);
}

/**
 * The dimension by which `rest` must be multiplied to have as many elements as `whole`: a size or a lone symbol;
 * undefined where there is none, or where it would be an expression such as 3·N.
 */
export function quotient(whole: Shape, rest: Shape): Dimension | undefined {
  const numerator = product(whole);
  const denominator = product(rest);
  const symbols = [...numerator.symbols];
  for (const symbol of denominator.symbols) {
    const at = symbols.indexOf(symbol);
    if (at < 0) return undefined;
    symbols.splice(at, 1);
  }
  if (numerator.factor === 0 && symbols.length > 0) return undefined;
  const size = numerator.factor / denominator.factor;
  if (symbols.length === 0) return Number.isSafeInteger(size) ? size : undefined;
  return symbols.length === 1 && size === 1 ? symbols[0] : undefined;
}

/** Whether two shapes have the same number of elements, whatever the symbolic dimensions are. */
export function sameCount(a: Shape, b: Shape): boolean {
  const x = product(a);
  const y = product(b);
  return x.factor === y.factor && [...x.symbols].sort().join() === [...y.symbols].sort().join();
}
