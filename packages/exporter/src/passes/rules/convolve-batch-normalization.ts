/**
 * BatchNormalization that follows no layer becomes a Conv of one tap for each channel (group = channels), which int8 holds with a
 * scale for each channel. A matrix [N, C] goes through it as [N, C, 1]; where it was flattened from that, the Conv comes before.
 */
import type { Node } from '@edgebeat/graph';
import { type ChannelMap, channelMap } from '../batch-normalization.js';
import type { GraphView } from '../graph-view.js';
import { floats, int, integers, node as makeNode, nameOf } from '../nodes.js';
import type { Replacement, Rule } from '../rule.js';

export const convolveBatchNormalization: Rule = {
  name: 'convolve-batch-normalization',
  match(node, view) {
    const map = channelMap(node, view);
    const rank = view.shape(node.inputs[0])?.length ?? 0;
    if (!map) return undefined;
    if (rank > 2) return convolution(node, view, map, node.inputs[0]!, node.outputs[0]!, rank);
    return behindFlatten(node, view, map) ?? asImage(node, view, map);
  },
};

function convolution(
  node: Node,
  view: GraphView,
  { channels, factor, shift }: ChannelMap,
  input: string,
  output: string,
  rank: number,
): Required<Pick<Replacement, 'remove' | 'add' | 'initializers'>> {
  const name = nameOf(node);
  const each = (value: (channel: number) => number) => Array.from({ length: channels }, (_, channel) => value(channel));
  const weightShape = [channels, ...Array<number>(rank - 1).fill(1)];
  const weight = floats(view.freeName(`${name}/weight`), weightShape, each(factor));
  const bias = floats(view.freeName(`${name}/bias`), [channels], each(shift));
  const conv = makeNode('Conv', node.name, [input, weight.name, bias.name], output, { group: int(channels) });
  return { remove: [node], add: [conv], initializers: [weight, bias] };
}

/** Before a Flatten or Reshape of [N, C, 1, …] to [N, C] that nothing else reads. */
function behindFlatten(node: Node, view: GraphView, map: ChannelMap): Replacement | undefined {
  const flatten = view.maker(node.inputs[0], 'Flatten', 'Reshape', 'Squeeze');
  const from = view.shape(flatten?.inputs[0]);
  const to = view.shape(node.inputs[0])!;
  if (!flatten || !from || view.onlyReader(node.inputs[0]) !== node || from.length < 3) return undefined;
  if (from[0] !== to[0] || from[1] !== to[1] || from.slice(2).some((size) => size !== 1)) return undefined;
  const inner = view.freeName(`${nameOf(node)}/channels`);
  const { add, initializers } = convolution(node, view, map, flatten.inputs[0]!, inner, from.length);
  const moved = { ...flatten, inputs: [inner, ...flatten.inputs.slice(1)], outputs: node.outputs };
  return { remove: [flatten, node], add: [...add, moved], initializers };
}

function asImage(node: Node, view: GraphView, map: ChannelMap): Replacement {
  const name = nameOf(node);
  const axes = integers(view.freeName(`${name}/axes`), [2]);
  const [wide, convolved] = [view.freeName(`${name}/wide`), view.freeName(`${name}/channels`)];
  const { add, initializers } = convolution(node, view, map, wide, convolved, 3);
  return {
    remove: [node],
    add: [
      makeNode('Unsqueeze', `${name}/unsqueeze`, [node.inputs[0]!, axes.name], wide),
      ...add,
      makeNode('Squeeze', `${name}/squeeze`, [convolved, axes.name], node.outputs[0]!),
    ],
    initializers: [...initializers, axes],
  };
}
