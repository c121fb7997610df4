/** Clipping of gradients by their joint norm (Pascanu, Mikolov and Bengio 2013). */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { reshapeTo } from '../autodiff/gradients/broadcast.js';

/** The Euclidean norm of all gradients together, a scalar. */
export function globalNorm(g: GraphBuilder, gradients: readonly Value[]): Value {
  const norms = gradients.map((gradient) => reshapeTo(g, g.reduceL2(gradient), [1]));
  return g.reduceL2(g.concat(...(norms as [Value, ...Value[]]), { axis: 0 }), { keepdims: false });
}

/** The factor that brings a norm down to `limit`; 1 where it is below. */
export function clippingFactor(g: GraphBuilder, norm: Value, limit: number): Value {
  return g.min(g.float32(1), g.div(g.float32(limit), g.max(norm, g.float32(1e-12))));
}
