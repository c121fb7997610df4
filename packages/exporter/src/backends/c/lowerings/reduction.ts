/** `eb_reduction`: which elements come together. */
import { elementCount } from '../../../interpreter/indices.js';
import type { LoweringContext } from '../lowering-context.js';
import type { CValue } from '../program/step.js';
import { natural, type View } from '../views/view.js';

export interface Reduction {
  readonly value: CValue;
  /** Elements that come together in one. */
  readonly size: number;
  readonly input: View;
  readonly output: View;
}

/** Reads the input where it lies; the output is row-major. Elements come together in the order of ONNX. */
export function reduce(context: LoweringContext, x: string, y: string, axes: readonly number[]): Reduction {
  const input = context.view(x);
  const rank = input.shape.length;
  const reduced = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const inner = natural(rank).filter((axis) => reduced.has(axis));
  const outer = natural(rank).filter((axis) => !reduced.has(axis));
  const over = (chosen: readonly number[]) =>
    context.loopsOver(
      chosen.map((axis) => input.shape[axis]!),
      [chosen.map((axis) => input.strides[axis]!)],
    );
  const kept = over(outer);
  const together = over(inner);
  return {
    value: {
      kept_sizes: kept.sizes,
      kept_strides: kept.strides[0]!,
      reduced_sizes: together.sizes,
      reduced_strides: together.strides[0]!,
    },
    size: elementCount(together.sizes),
    input,
    output: context.define(y, natural(context.tensorOf(y).shape.length)),
  };
}
