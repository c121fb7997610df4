/**
 * BatchNormalization with the channels last: columns are normalised. The formulas are those of the operator's gradient rule; the
 * data less their mean serve both ways.
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { type AttributesOf, sizesOf } from '../autodiff/gradient.js';
import { reshapeTo } from '../autodiff/gradients/broadcast.js';
import type { Lowered } from './channels-last.js';

/** Mean and population variance, [C]. */
export interface Statistics {
  readonly mean: Value;
  readonly variance: Value;
}

/**
 * @param inputs x [N, L, C], scale and bias [C].
 * @param running statistics to keep to; those of the batch unless given.
 */
export function batchNormalization(
  g: GraphBuilder,
  [x, scale, bias]: readonly [Value, Value, Value],
  { epsilon }: AttributesOf<'BatchNormalization'>,
  running?: Statistics,
): Lowered & Statistics {
  const shape = sizesOf(x);
  const channels = shape[2]!;
  const count = shape[0]! * shape[1]!;
  const byRows = (value: Value) => reshapeTo(g, value, [count, channels]);
  const rows = g.int64([0]);
  const meanOf = (value: Value) => g.reduceMean(value, rows, { keepdims: false });
  const sumOf = (value: Value) => g.reduceSum(value, rows, { keepdims: false });
  const mean = running?.mean ?? meanOf(byRows(x));
  const centred = g.sub(byRows(x), mean);
  const variance = running?.variance ?? meanOf(g.mul(centred, centred));
  const inverse = g.div(g.float32(1), g.sqrt(g.add(variance, g.float32(epsilon))));
  const slope = g.mul(scale, inverse);
  const y = reshapeTo(g, g.add(g.mul(centred, slope), bias), shape);
  return {
    y,
    mean,
    variance,
    rule: {
      backward(call) {
        const dY = byRows(call.dY);
        const dBias = sumOf(dY);
        const dScale = g.mul(sumOf(g.mul(dY, centred)), inverse);
        const dX = () => {
          if (running) return reshapeTo(g, g.mul(dY, slope), shape);
          const share = g.float32(-1 / count);
          const byLevel = g.mul(g.mul(slope, dBias), share);
          const bySpread = g.mul(g.mul(g.mul(slope, inverse), dScale), share);
          const direct = g.mul(dY, slope);
          return reshapeTo(g, g.add(direct, g.add(g.mul(centred, bySpread), byLevel)), shape);
        };
        return [call.wants(0) ? dX() : undefined, dScale, dBias];
      },
    },
  };
}
