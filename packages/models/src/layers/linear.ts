/** The fully connected layer. */
import type { Value } from '@edgebeat/graph';
import { truncatedNormal, zeros } from '../initial-weights.js';
import type { Network } from './network.js';

/**
 * x · weight + bias over the last dimension: [N, in] to [N, features] as one Gemm, [N, T, in] to [N, T, features] as MatMul
 * and Add.
 *
 * Initializers: `NAME.weight` [in, features] (truncated normal), `NAME.bias` [features] (zeros).
 */
export function linear({ graph, weights }: Network, x: Value, name: string, features: number): Value {
  const weight = graph.constant(truncatedNormal(weights, `${name}.weight`, [x.shape.at(-1) as number, features]));
  const bias = graph.constant(zeros(`${name}.bias`, [features]));
  if (x.shape.length === 2) return graph.gemm(x, weight, bias, { name });
  return graph.add(graph.matMul(x, weight, { name: `${name}.matmul` }), bias, { name });
}
