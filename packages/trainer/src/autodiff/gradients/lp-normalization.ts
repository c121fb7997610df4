/**
 * LpNormalization along an axis. Order 2: dX = (dY − Y · Σ dY · Y) / ‖X‖; order 1: dX = (dY − sign(X) · Σ dY · Y) / ‖X‖.
 * Where the norm is 0 the output is 0 whatever X does, and so is the gradient.
 */
import type { Gradient } from '../gradient.js';
import { where } from './broadcast.js';

export const lpNormalization: Gradient<'LpNormalization'> = {
  backward(call) {
    const { g, dY } = call;
    const [x, y] = [call.input(0), call.output()];
    const axes = g.int64([call.axis(call.attributes.axis, x.shape.length)]);
    const isEuclidean = call.attributes.p === 2;
    const norm = isEuclidean ? g.reduceL2(x, axes) : g.reduceSum(g.abs(x), axes);
    const along = g.reduceSum(g.mul(dY, y), axes);
    const radial = g.mul(isEuclidean ? y : g.sign(x), along);
    const isPositive = g.greater(norm, g.float32(0));
    const divisor = g.where(isPositive, norm, g.float32(1));
    return [where(g, isPositive, g.div(g.sub(dY, radial), divisor))];
  },
};
