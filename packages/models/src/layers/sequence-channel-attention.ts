/**
 * Sequence-Channel Attention, the attention of DT4ECG: which channels matter (squeeze and excitation, Hu et al. 2018) and which
 * moments matter (a gate from each moment's context along the sequence), side by side, their answers added.
 */
import { GraphError, type Value } from '@edgebeat/graph';
import { projectionConv } from './convolution.js';
import { linear } from './linear.js';
import type { Network } from './network.js';

/** Channels of the inner layers, as a share of the input's. */
const REDUCTION = 4;
/** Moments that a moment's gate sees. */
const CONTEXT = 9;

/**
 * x · channel gate + x · sequence gate, [N, C, L] to the same; gates lie in 0 … 1.
 *
 * Initializers: `NAME.channel.fc1`, `NAME.channel.fc2`, `NAME.sequence.reduce`, `NAME.sequence.context`, each `.weight` and
 * `.bias`.
 *
 * @throws GraphError for channels that are no multiple of 4
 */
export function sequenceChannelAttention(network: Network, x: Value, name: string): Value {
  const { graph } = network;
  const count = x.shape[1] as number;
  if (count % REDUCTION !== 0) {
    throw new GraphError(`attention "${name}"`, `${count} channels`, `give a multiple of ${REDUCTION}`);
  }
  const channels = graph.mul(x, channelGate(network, x, `${name}.channel`), { name: `${name}.channels` });
  const moments = graph.mul(x, sequenceGate(network, x, `${name}.sequence`), { name: `${name}.moments` });
  return graph.add(channels, moments, { name: `${name}.sum` });
}

/** [N, C, 1]. */
function channelGate(network: Network, x: Value, name: string): Value {
  const { graph } = network;
  const channels = x.shape[1] as number;
  const mean = graph.flatten(graph.globalAveragePool(x, { name: `${name}.pool` }), { axis: 1, name: `${name}.flat` });
  const hidden = linear(network, mean, `${name}.fc1`, channels / REDUCTION);
  const scores = linear(network, graph.relu(hidden, { name: `${name}.relu` }), `${name}.fc2`, channels);
  const gate = graph.sigmoid(scores, { name: `${name}.sigmoid` });
  return graph.unsqueeze(gate, graph.int64([2]), { name: `${name}.gate` });
}

/** [N, 1, L]. */
function sequenceGate(network: Network, x: Value, name: string): Value {
  const { graph } = network;
  const filters = (x.shape[1] as number) / REDUCTION;
  const reduced = projectionConv(network, x, `${name}.reduce`, { filters, kernel: 1 });
  const scores = projectionConv(network, graph.relu(reduced, { name: `${name}.relu` }), `${name}.context`, {
    filters: 1,
    kernel: CONTEXT,
  });
  return graph.sigmoid(scores, { name: `${name}.gate` });
}
