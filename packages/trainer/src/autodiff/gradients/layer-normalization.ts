/**
 * LayerNormalization (Ba, Kiros and Hinton 2016): with x̂ the normalised input and e = dY · Scale,
 * dX = inverse deviation · (e − mean(e) − x̂ · mean(e · x̂)). The forward node's own mean and inverse deviation are used.
 */
import type { Gradient } from '../gradient.js';
import { sumToShape } from './broadcast.js';

export const layerNormalization: Gradient<'LayerNormalization'> = {
  outputs: 3,
  backward(call) {
    const { g, dY } = call;
    const x = call.shape(0);
    const first = call.axis(call.attributes.axis, x.length);
    const axes = g.int64(x.slice(first).map((_, index) => first + index));
    const [mean, inverse] = [call.output(1), call.output(2)];
    const normalised = g.mul(g.sub(call.input(0), mean), inverse);
    const dX = () => {
      const e = g.mul(dY, call.input(1));
      const level = g.reduceMean(e, axes);
      const spread = g.mul(normalised, g.reduceMean(g.mul(e, normalised), axes));
      return g.mul(inverse, g.sub(g.sub(e, level), spread));
    };
    return [
      call.wants(0) ? dX() : undefined,
      call.wants(1) ? sumToShape(g, g.mul(dY, normalised), call.shape(1)) : undefined,
      call.wants(2) ? sumToShape(g, dY, call.shape(2)) : undefined,
    ];
  },
};
