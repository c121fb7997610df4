/** A Transpose that moves nothing but dimensions of size 1 is a Reshape. */
import { attributesIf, integers, node as makeNode, nameOf } from '../nodes.js';
import type { Rule } from '../rule.js';

export const reshapeForTranspose: Rule = {
  name: 'reshape-for-transpose',
  match(node, view) {
    const attributes = attributesIf(node, 'Transpose');
    const from = view.shape(node.inputs[0]);
    const to = view.shape(node.outputs[0]);
    if (!attributes || !from || !to?.every((size) => typeof size === 'number') || to.includes(0)) return undefined;
    const perm = attributes.perm ?? from.map((_, axis) => from.length - 1 - axis);
    const moved = perm.filter((axis) => from[axis] !== 1);
    if (moved.some((axis, index) => index > 0 && axis < moved[index - 1]!)) return undefined;
    const shape = integers(view.freeName(`${nameOf(node)}/shape`), to);
    return {
      remove: [node],
      add: [makeNode('Reshape', node.name, [node.inputs[0]!, shape.name], node.outputs[0]!)],
      initializers: [shape],
    };
  },
};
