/** What Add, Sub, Mul and Div share: two inputs that spread as in numpy, and numbers rounded to float32. */
import type { OperationName } from '../integer/operations.js';
import { elementCount, spreadIndices } from './indices.js';
import type { Codes, Kernel, Operands, Reals } from './operands.js';

/** For each element of the output, those of the two inputs. */
export interface Pairing {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

export function pair<K extends OperationName>(
  operands: Operands<K>,
  a: Codes | Reals,
  b: Codes | Reals,
  y: Codes | Reals,
): Pairing {
  const ofA = spreadIndices(a.shape, y.shape);
  const ofB = spreadIndices(b.shape, y.shape);
  if (ofA === undefined || ofB === undefined) {
    operands.refuse(`[${a.shape}] and [${b.shape}] do not spread to [${y.shape}]`);
  }
  return { a: ofA, b: ofB };
}

/** `compute` of each pair of float32 numbers; what it gives is rounded to float32 once. */
export function prepareRealPairs<K extends OperationName>(
  operands: Operands<K>,
  compute: (a: number, b: number) => number,
): Kernel {
  const a = operands.reals(0);
  const b = operands.reals(1);
  const y = operands.outputReals();
  const pairs = pair(operands, a, b, y);
  return () => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = compute(a.data[pairs.a[i]!]!, b.data[pairs.b[i]!]!);
  };
}

/** `compute` of each float32 number. */
export function prepareReals<K extends OperationName>(operands: Operands<K>, compute: (x: number) => number): Kernel {
  const x = operands.reals(0);
  const y = operands.outputReals();
  sameCount(operands, x, y);
  return () => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = compute(x.data[i]!);
  };
}

/** Replaces each code by `table[code + 128]`. */
export function prepareTable<K extends OperationName>(
  operands: Operands<K>,
  x: Codes,
  y: Codes,
  table: Int8Array,
): Kernel {
  sameCount(operands, x, y);
  if (table.length !== 256) operands.refuse(`a table has 256 codes, not ${table.length}`);
  return () => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = table[x.data[i]! + 128]!;
  };
}

export function sameCount<K extends OperationName>(operands: Operands<K>, x: Codes | Reals, y: Codes | Reals): void {
  if (elementCount(x.shape) !== elementCount(y.shape)) {
    operands.refuse(`[${x.shape}] and [${y.shape}] differ in the number of elements`);
  }
}
