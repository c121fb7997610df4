/** One-dimensional convolutions with their initial weights. */
import type { Value } from '@edgebeat/graph';
import { heNormal, ones, truncatedNormal, zeros } from '../initial-weights.js';
import type { Network } from './network.js';

export interface ConvolutionOptions {
  /** Number of filters, which is that of output channels. */
  readonly filters: number;
  /** Length of a filter. */
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number;
  /** Zeros on either side; default (kernel − 1) / 2 rounded down, which keeps the length at stride 1 and an odd kernel. */
  readonly padding?: number;
}

export interface ConvBatchNormOptions extends ConvolutionOptions {
  /** Whether a Relu follows; default true. */
  readonly relu?: boolean;
  /** Initial scale of the normalisation; default 1. 0 silences the layer until training has raised it. */
  readonly scale?: 0 | 1;
}

/**
 * Conv without bias, BatchNormalization and, unless refused, Relu: [N, C, L] to [N, filters, L′].
 *
 * Initializers: `NAME.weight` [filters, C, kernel] (He normal), `NAME.bn.weight`, `NAME.bn.bias`, `NAME.bn.running_mean` and
 * `NAME.bn.running_var` [filters].
 */
export function convBatchNorm(network: Network, x: Value, name: string, options: ConvBatchNormOptions): Value {
  const { graph, weights } = network;
  const { filters, kernel, relu = true, scale = 1 } = options;
  const weight = graph.constant(heNormal(weights, `${name}.weight`, [filters, channelsOf(x), kernel]));
  const convolved = graph.conv(x, weight, { name, ...windowOf(options) });
  const normalised = graph.batchNormalization(
    convolved,
    graph.constant((scale === 1 ? ones : zeros)(`${name}.bn.weight`, [filters])),
    graph.constant(zeros(`${name}.bn.bias`, [filters])),
    graph.constant(zeros(`${name}.bn.running_mean`, [filters])),
    graph.constant(ones(`${name}.bn.running_var`, [filters])),
    { name: `${name}.bn` },
  );
  return relu ? graph.relu(normalised, { name: `${name}.relu` }) : normalised;
}

/**
 * Conv with bias and nothing after it, [N, C, L] to [N, filters, L′]: the projection of stretches of signal to tokens.
 *
 * Initializers: `NAME.weight` [filters, C, kernel] (truncated normal), `NAME.bias` [filters] (zeros).
 */
export function projectionConv(network: Network, x: Value, name: string, options: ConvolutionOptions): Value {
  const { graph, weights } = network;
  const { filters, kernel } = options;
  const weight = graph.constant(truncatedNormal(weights, `${name}.weight`, [filters, channelsOf(x), kernel]));
  const bias = graph.constant(zeros(`${name}.bias`, [filters]));
  return graph.conv(x, weight, bias, { name, ...windowOf(options) });
}

function windowOf({ kernel, stride = 1, padding = Math.floor((kernel - 1) / 2) }: ConvolutionOptions) {
  return { kernel_shape: [kernel], strides: [stride], pads: [padding, padding] };
}

function channelsOf(x: Value): number {
  return x.shape[1] as number;
}
