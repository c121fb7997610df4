/** Multi-head self-attention (Vaswani et al. 2017). */
import { GraphError, type Value } from '@edgebeat/graph';
import { linear } from './linear.js';
import type { Network } from './network.js';

/**
 * Self-attention among tokens, [N, T, width] to the same. Queries, keys and values come from one product (`NAME.qkv`), the
 * heads' answers go through another (`NAME.proj`).
 *
 * Reshapes copy the batch (0) and state the rest, so that shapes are known whether the batch is symbolic or fixed.
 *
 * @throws GraphError where the width is not a multiple of the number of heads
 */
export function multiHeadAttention(network: Network, x: Value, name: string, heads: number): Value {
  const { graph } = network;
  const [tokens, width] = x.shape.slice(1) as [number, number];
  const headWidth = width / heads;
  if (!Number.isInteger(headWidth) || headWidth < 1) {
    throw new GraphError(
      `attention "${name}"`,
      `${heads} heads for a width of ${width}`,
      'heads must divide the width',
    );
  }
  const qkv = linear(network, x, `${name}.qkv`, 3 * width);
  const [q, k, v] = graph.split(qkv, graph.int64([width, width, width]), { axis: 2, name: `${name}.split` }) as [
    Value,
    Value,
    Value,
  ];
  const perHead = graph.int64([0, tokens, heads, headWidth]);
  const headsOf = (value: Value, part: string, perm: readonly number[]) =>
    graph.transpose(graph.reshape(value, perHead, { name: `${name}.${part}.reshape` }), {
      perm,
      name: `${name}.${part}`,
    });
  const queries = headsOf(q, 'q', [0, 2, 1, 3]);
  const keys = headsOf(k, 'k', [0, 2, 3, 1]);
  const values = headsOf(v, 'v', [0, 2, 1, 3]);
  const products = graph.matMul(queries, keys, { name: `${name}.products` });
  const scores = graph.mul(products, graph.float32(1 / Math.sqrt(headWidth)), { name: `${name}.scores` });
  const attention = graph.softmax(scores, { axis: -1, name: `${name}.softmax` });
  const answers = graph.transpose(graph.matMul(attention, values, { name: `${name}.answers` }), {
    perm: [0, 2, 1, 3],
    name: `${name}.merge`,
  });
  const merged = graph.reshape(answers, graph.int64([0, tokens, width]), { name: `${name}.merge.reshape` });
  return linear(network, merged, `${name}.proj`, width);
}
