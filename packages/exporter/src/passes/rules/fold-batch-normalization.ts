/**
 * BatchNormalization behind Conv, Gemm or MatMul (+ Add) goes into their weights and bias. Where others read what it normalises, too,
 * or the graph gives it out, it stays.
 */
import { channelMap } from '../batch-normalization.js';
import { adjusted, layerThatMakes } from '../linear-layer.js';
import type { Rule } from '../rule.js';

export const foldBatchNormalization: Rule = {
  name: 'fold-batch-normalization',
  match(node, view) {
    const map = channelMap(node, view);
    if (!map) return undefined;
    const layer = layerThatMakes(node.inputs[0]!, node, view);
    const { factor, shift } = map;
    // In [N, T, C] the channels of a MatMul are not those of the normalisation.
    if (layer?.outputAxis !== 1) return undefined;
    return adjusted(layer, node, view, { factor, bias: (channel, bias) => bias * factor(channel) + shift(channel) });
  },
};
