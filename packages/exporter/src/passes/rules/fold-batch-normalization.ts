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
    const layer = map && layerThatMakes(node.inputs[0]!, node, view);
    if (!layer || layer.outputAxis !== 1) return undefined;
    const { factor, shift } = map;
    return adjusted(layer, node, view, { factor, bias: (channel, bias) => bias * factor(channel) + shift(channel) });
  },
};
