/**
 * BatchNormalization, x̂ = (X − mean) / √(variance + ε), Y = scale · x̂ + B. On statistics of the batch (training, Ioffe and
 * Szegedy 2015): dX = scale / √(variance + ε) · (dY − mean(dY) − x̂ · mean(dY · x̂)), the means per channel. On fixed
 * statistics (inference): dX = dY · scale / √(variance + ε), and the statistics have gradients of their own.
 */
import type { Value } from '@edgebeat/graph';
import type { Gradient } from '../gradient.js';
import { reshapeTo } from './broadcast.js';

export const batchNormalization: Gradient<'BatchNormalization'> = {
  backward(call) {
    const { g, dY } = call;
    const x = call.shape(0);
    const channels = x[1]!;
    const { training_mode: isTraining, epsilon } = call.attributes;
    const axes = g.int64(x.flatMap((_, axis) => (axis === 1 ? [] : [axis])));
    const perChannel = (value: Value) => reshapeTo(g, value, [channels, ...x.slice(2).map(() => 1)]);
    const [mean, variance] = isTraining ? [call.output(1), call.output(2)] : [call.input(3), call.input(4)];
    const inverse = g.div(g.float32(1), g.sqrt(g.add(variance, g.float32(epsilon))));
    const centred = g.sub(call.input(0), perChannel(mean));
    const dBias = g.reduceSum(dY, axes, { keepdims: false });
    const dScale = g.mul(g.reduceSum(g.mul(dY, centred), axes, { keepdims: false }), inverse);
    const slope = g.mul(call.input(1), inverse);
    const dX = () => {
      const direct = g.mul(dY, perChannel(slope));
      if (!isTraining) return direct;
      const share = g.float32(-1 / x.reduce((count, size, axis) => (axis === 1 ? count : count * size), 1));
      const byLevel = g.mul(g.mul(slope, dBias), share);
      const bySpread = g.mul(g.mul(g.mul(slope, inverse), dScale), share);
      return g.add(direct, g.add(g.mul(centred, perChannel(bySpread)), perChannel(byLevel)));
    };
    const byStatistic = (index: number, gradient: () => Value) =>
      call.wants(index) && !isTraining ? gradient() : undefined;
    return [
      call.wants(0) ? dX() : undefined,
      dScale,
      dBias,
      byStatistic(3, () => g.neg(g.mul(slope, dBias))),
      byStatistic(4, () => g.mul(g.mul(g.mul(slope, inverse), dScale), g.float32(-0.5))),
    ];
  },
};
