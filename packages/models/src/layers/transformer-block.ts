/** The pre-normalised transformer block of vision transformers (Dosovitskiy et al. 2021). */
import type { Value } from '@edgebeat/graph';
import { layerNorm } from './layer-norm.js';
import { linear } from './linear.js';
import { multiHeadAttention } from './multi-head-attention.js';
import type { Network } from './network.js';

export interface TransformerBlockOptions {
  readonly heads: number;
  /** Width of the hidden layer of the perceptron, as a multiple of the block's width. */
  readonly mlpRatio: number;
}

/** x + attention(norm1(x)), then y + mlp(norm2(y)) with Gelu: [N, T, width] to the same. */
export function transformerBlock(
  network: Network,
  x: Value,
  name: string,
  { heads, mlpRatio }: TransformerBlockOptions,
): Value {
  const { graph } = network;
  const width = x.shape.at(-1) as number;
  const attended = multiHeadAttention(network, layerNorm(network, x, `${name}.norm1`), `${name}.attn`, heads);
  const y = graph.add(x, attended, { name: `${name}.add1` });
  const hidden = linear(network, layerNorm(network, y, `${name}.norm2`), `${name}.mlp.fc1`, mlpRatio * width);
  const activated = graph.gelu(hidden, { name: `${name}.mlp.gelu` });
  return graph.add(y, linear(network, activated, `${name}.mlp.fc2`, width), { name: `${name}.add2` });
}
