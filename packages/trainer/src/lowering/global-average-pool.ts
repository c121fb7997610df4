/** GlobalAveragePool with the channels last: the mean over time, [N, L, C] to [N, 1, C]. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { sizesOf } from '../autodiff/gradient.js';
import { expandTo } from '../autodiff/gradients/broadcast.js';
import type { Lowered } from './channels-last.js';

export function globalAveragePool(g: GraphBuilder, x: Value): Lowered {
  const shape = sizesOf(x);
  return {
    y: g.reduceMean(x, g.int64([1]), { keepdims: true }),
    rule: { backward: ({ dY }) => [expandTo(g, g.mul(dY, g.float32(1 / shape[1]!)), shape)] },
  };
}
