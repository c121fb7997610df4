/** Constants that are added, or multiplied, one after the other: x + a + b is x + (a + b), unless x + a is a layer with its bias. */
import { node as makeNode, nameOf } from '../nodes.js';
import type { Rule } from '../rule.js';

export const mergeConstants: Rule = {
  name: 'merge-constants',
  match(node, view) {
    const operator = node.operator;
    if (node.domain !== undefined || (operator !== 'Add' && operator !== 'Mul')) return undefined;
    const outer = view.operands(node);
    const first = outer && view.maker(outer.value, operator);
    const inner = first && view.operands(first);
    if (!inner || view.onlyReader(outer.value) !== node || view.maker(inner.value, 'MatMul', 'Conv', 'Gemm'))
      return undefined;
    const joint = view.freeName(`${nameOf(node)}/constant`);
    return {
      remove: [first, node],
      add: [
        makeNode(operator, joint, [inner.constant.name, outer.constant.name], joint),
        makeNode(operator, node.name, [inner.value, joint], node.outputs[0]!),
      ],
    };
  },
};
