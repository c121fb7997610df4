/** ReduceMean, ReduceSum, ReduceMax, ReduceL2, GlobalAveragePool. */
import type { OperatorName } from '@edgebeat/graph';
import { computes, type LoweringCall } from '../lowering-call.js';
import { flagAttr } from '../node-def.js';

type Reduction = 'ReduceMean' | 'ReduceSum' | 'ReduceMax' | 'ReduceL2';

export const reduceMean = computes<'ReduceMean'>((call) => reduce(call, (x, axes) => reduced(call, 'Mean', x, axes)));

export const reduceSum = computes<'ReduceSum'>((call) => reduce(call, (x, axes) => reduced(call, 'Sum', x, axes)));

export const reduceMax = computes<'ReduceMax'>((call) => reduce(call, (x, axes) => reduced(call, 'Max', x, axes)));

export const reduceL2 = computes<'ReduceL2'>((call) =>
  reduce(call, (x, axes) => call.emit('Sqrt', [reduced(call, 'Sum', call.emit('Square', [x]), axes)])),
);

export const globalAveragePool = computes<'GlobalAveragePool'>((call) => {
  const rank = call.shape(0).length;
  if (call.isImageOnly(0)) {
    call.outputImage(keepingDimensions(call, 'Mean', call.image(0), [1, 2]));
  } else {
    const spatial = Array.from({ length: rank - 2 }, (_, axis) => axis + 2);
    call.output(keepingDimensions(call, 'Mean', call.input(0), spatial));
  }
});

/** Reduces along axes, the others staying where they are and the reduced ones at size 1. */
export function keepingDimensions<K extends OperatorName>(
  call: LoweringCall<K>,
  op: 'Mean' | 'Sum' | 'Max',
  x: string,
  axes: readonly number[],
): string {
  return call.emit(op, [x, call.writer.integers(axes)], { keep_dims: flagAttr(true) });
}

function reduce<K extends Reduction>(
  call: LoweringCall<K>,
  make: (x: string, axes: readonly number[]) => string,
): void {
  const given = call.integers(1) ?? [];
  const all = call.shape(0).map((_, axis) => axis);
  const { noop_with_empty_axes } = call.attributes as { noop_with_empty_axes: boolean };
  const axes = given.length > 0 ? given.map((axis) => call.axis(axis)) : noop_with_empty_axes ? [] : all;
  call.output(make(call.input(0), axes));
}

function reduced<K extends Reduction>(
  call: LoweringCall<K>,
  op: 'Mean' | 'Sum' | 'Max',
  x: string,
  axes: readonly number[],
): string {
  // TensorFlow.js takes no axes for all of them.
  if (axes.length === 0) return x;
  const { keepdims } = call.attributes as { keepdims: boolean };
  return call.emit(op, [x, call.writer.integers(axes)], { keep_dims: flagAttr(keepdims) });
}
