/** Attributes and shape rule that the reductions share. */
import type { DataType } from '../data-type.js';
import type { TensorType } from '../model.js';
import { type AttributesOf, defaulted } from './attributes.js';
import type { OperatorCall } from './operator.js';

/** Axes are the second input: a constant; without it (or empty) all are reduced, or none with `noop_with_empty_axes`. */
export const reductionAttributes = {
  keepdims: defaulted('flag', true),
  noop_with_empty_axes: defaulted('flag', false),
} as const;

export function reductionOf(
  allowed: readonly DataType[],
): (call: OperatorCall<AttributesOf<typeof reductionAttributes>>) => TensorType[] {
  return (call) => {
    const dtype = call.dtypeAmong(0, allowed);
    const shape = call.shape(0);
    const given = call.axes(call.integers(1) ?? [], shape.length);
    const { keepdims, noop_with_empty_axes } = call.attributes;
    if (given.length === 0 && noop_with_empty_axes) return [{ dtype, shape }];
    const reduced = (axis: number) => given.length === 0 || given.includes(axis);
    return [
      {
        dtype,
        shape: keepdims
          ? shape.map((size, axis) => (reduced(axis) ? 1 : size))
          : shape.filter((_, axis) => !reduced(axis)),
      },
    ];
  };
}
