/** Two Transposes in a row are one, or none; a Reshape, Flatten, Squeeze or Unsqueeze of a Reshape needs only the second. */
import type { Dimension, Node } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { attributesIf, integers, ints, node as makeNode, nameOf } from '../nodes.js';
import type { Replacement, Rule } from '../rule.js';

const RESHAPES = ['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'] as const;

export const mergeMoves: Rule = {
  name: 'merge-moves',
  match(node, view) {
    if (node.domain !== undefined) return undefined;
    if (node.operator === 'Transpose') return mergedTransposes(node, view);
    return (RESHAPES as readonly string[]).includes(node.operator) ? mergedReshapes(node, view) : undefined;
  },
};

function mergedTransposes(second: Node, view: GraphView): Replacement | undefined {
  const first = view.maker(second.inputs[0], 'Transpose');
  const rank = view.shape(second.outputs[0])?.length;
  if (!first || rank === undefined) return undefined;
  const [p, q] = [first, second].map(
    (one) => attributesIf(one, 'Transpose')!.perm ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis),
  ) as [readonly number[], readonly number[]];
  const perm = q.map((axis) => p[axis]!);
  const [input, output] = [first.inputs[0]!, second.outputs[0]!];
  if (perm.every((axis, index) => axis === index)) {
    const rename = view.renaming(output, input);
    if (rename) return { remove: [second], rename };
  }
  return { remove: [second], add: [makeNode('Transpose', second.name, [input], output, { perm: ints(...perm) })] };
}

function mergedReshapes(second: Node, view: GraphView): Replacement | undefined {
  const first = view.maker(second.inputs[0], ...RESHAPES);
  const input = first?.inputs[0];
  const [from, to] = [view.shape(input), view.shape(second.outputs[0])];
  if (input === undefined || !from || !to) return undefined;
  if (from.join() === to.join()) {
    const rename = view.renaming(second.outputs[0]!, input);
    if (rename) return { remove: [second], rename };
  }
  const sizes = target(from, to);
  if (!sizes) return undefined;
  const shape = integers(view.freeName(`${nameOf(second)}/shape`), sizes);
  return {
    remove: [second],
    add: [makeNode('Reshape', second.name, [input, shape.name], second.outputs[0]!)],
    initializers: [shape],
  };
}

/** What a Reshape is told to get from one shape to another. */
function target(from: readonly Dimension[], to: readonly Dimension[]): number[] | undefined {
  if (to.includes(0)) return undefined;
  const sizes = to.map((size, axis) => (typeof size === 'number' ? size : size === from[axis] ? 0 : -1));
  return sizes.filter((size) => size === -1).length > 1 ? undefined : sizes;
}
