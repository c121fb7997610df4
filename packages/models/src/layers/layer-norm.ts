/** Layer normalisation over the last dimension. */
import type { Value } from '@edgebeat/graph';
import { ones, zeros } from '../initial-weights.js';
import type { Network } from './network.js';

/** LayerNormalization of each row. Initializers: `NAME.weight` (ones) and `NAME.bias` (zeros), [features]. */
export function layerNorm({ graph }: Network, x: Value, name: string): Value {
  const features = x.shape.at(-1) as number;
  const scale = graph.constant(ones(`${name}.weight`, [features]));
  const bias = graph.constant(zeros(`${name}.bias`, [features]));
  return graph.layerNormalization(x, scale, bias, { name });
}
