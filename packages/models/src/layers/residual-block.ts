/** The basic residual block (He et al. 2016), one-dimensional. */
import type { Value } from '@edgebeat/graph';
import { convBatchNorm } from './convolution.js';
import type { Network } from './network.js';

export interface ResidualBlockOptions {
  readonly filters: number;
  /** Of the first convolution and the shortcut; default 1. */
  readonly stride?: number;
  /** Length of the filters, odd; default 3. */
  readonly kernel?: number;
  /** Starts the block as its shortcut alone (Goyal et al. 2017): the last normalisation's scale is 0. Default false. */
  readonly zeroInit?: boolean;
}

/**
 * Two convolutions with batch normalisation, added to a shortcut, then Relu: [N, C, L] to [N, filters, ⌈L / stride⌉]. The
 * shortcut is the input itself, or a convolution of length 1 (`NAME.shortcut`) where channels or length change.
 */
export function residualBlock(network: Network, x: Value, name: string, options: ResidualBlockOptions): Value {
  const { graph } = network;
  const { filters, stride = 1, kernel = 3, zeroInit = false } = options;
  const inner = convBatchNorm(network, x, `${name}.conv1`, { filters, kernel, stride });
  const branch = convBatchNorm(network, inner, `${name}.conv2`, {
    filters,
    kernel,
    relu: false,
    scale: zeroInit ? 0 : 1,
  });
  const shortcut =
    stride === 1 && x.shape[1] === filters
      ? x
      : convBatchNorm(network, x, `${name}.shortcut`, { filters, kernel: 1, stride, relu: false });
  return graph.relu(graph.add(branch, shortcut, { name: `${name}.add` }), { name: `${name}.relu` });
}
