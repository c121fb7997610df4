/** What ReduceMean, ReduceSum and ReduceMax share: which elements come together. */

import { elementCount, reducedIndices } from './indices.js';
import type { Codes, Kernel, Operands, Reals } from './operands.js';

type Reduction = 'ReduceMean' | 'ReduceSum' | 'ReduceMax';

export interface Groups {
  /** For each element of the input, the element of the output that it goes into. */
  readonly targets: Int32Array;
  /** Elements in a group. */
  readonly size: number;
}

export function groups(operands: Operands<Reduction>, x: Codes | Reals, y: Codes | Reals): Groups {
  const axes = new Set(operands.attributes.axes.map((axis) => (axis < 0 ? axis + x.shape.length : axis)));
  const kept = elementCount(x.shape.filter((_, d) => !axes.has(d)));
  if (kept !== elementCount(y.shape)) {
    operands.refuse(`[${x.shape}] over the axes ${[...axes]} does not give [${y.shape}]`);
  }
  return { targets: reducedIndices(x.shape, axes), size: elementCount(x.shape) / kept };
}

/** Sums of float32 numbers in the order of the elements, divided by `divisor(size)`. */
export function prepareRealSums(operands: Operands<Reduction>, divisor: (size: number) => number): Kernel {
  const x = operands.reals(0);
  const y = operands.outputReals();
  const { targets, size } = groups(operands, x, y);
  const by = divisor(size);
  return () => {
    y.data.fill(0);
    for (let i = 0; i < x.data.length; i++) y.data[targets[i]!]! += x.data[i]!;
    for (let i = 0; i < y.data.length; i++) y.data[i]! /= by;
  };
}
