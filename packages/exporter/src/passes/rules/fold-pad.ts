/** Pad with zeros before a Conv is padding of the Conv. */
import { integersOf, type Node } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { attributesIf, ints } from '../nodes.js';
import type { Rule } from '../rule.js';

export const foldPad: Rule = {
  name: 'fold-pad',
  match(node, view) {
    const attributes = attributesIf(node, 'Conv');
    const pad = view.maker(node.inputs[0], 'Pad');
    const added = attributes && pad && spatialZeros(pad, view);
    if (!added || attributes.auto_pad.startsWith('SAME')) return undefined;
    const own = attributes.pads ?? added.map(() => 0);
    const pads = ints(...added.map((size, index) => size + own[index]!));
    const kept = [...node.attributes].filter(([name]) => name !== 'auto_pad');
    return {
      remove: [node],
      add: [
        { ...node, inputs: [pad.inputs[0]!, ...node.inputs.slice(1)], attributes: new Map([...kept, ['pads', pads]]) },
      ],
    };
  },
};

/** What a Pad adds to each spatial dimension, begins then ends, where it adds nothing but zeros there. */
function spatialZeros(pad: Node, view: GraphView): number[] | undefined {
  const stated = view.constant(pad.inputs[1]);
  const value = (pad.inputs[2] ?? '') === '' ? 0 : view.scalar(pad.inputs[2]);
  if (attributesIf(pad, 'Pad')?.mode !== 'constant' || !stated || value !== 0) return undefined;
  const rank = view.shape(pad.inputs[0])!.length;
  const given = view.constant(pad.inputs[3]);
  const axes = given
    ? integersOf(given).map((axis) => (axis < 0 ? axis + rank : axis))
    : Array.from({ length: rank }, (_, axis) => axis);
  const pads = Array<number>(2 * rank).fill(0);
  integersOf(stated).forEach((size, index) => {
    pads[axes[index % axes.length]! + (index < axes.length ? 0 : rank)] = size;
  });
  if (pads.some((size) => size < 0) || [0, 1, rank, rank + 1].some((at) => pads[at] !== 0)) return undefined;
  return [...pads.slice(2, rank), ...pads.slice(rank + 2)];
}
