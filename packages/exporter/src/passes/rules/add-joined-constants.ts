/**
 * A Concat of one computed value with constants (class tokens, for one) pads that value with zeros and adds the constants there: the
 * same numbers, and no step of int8 joins values of several scales.
 */
import type { Tensor } from '@edgebeat/graph';
import { attributesIf, integers, node as makeNode, nameOf } from '../nodes.js';
import type { Rule } from '../rule.js';

export const addJoinedConstants: Rule = {
  name: 'add-joined-constants',
  match(node, view) {
    const attributes = attributesIf(node, 'Concat');
    const computed = node.inputs.filter((name) => !view.constant(name));
    const shape = view.shape(node.outputs[0]);
    if (!attributes || !shape || computed.length !== 1 || node.inputs.length < 2) return undefined;
    const axis = attributes.axis < 0 ? attributes.axis + shape.length : attributes.axis;
    const total = shape[axis];
    if (view.type(node.outputs[0])!.dtype !== 'float32' || typeof total !== 'number') return undefined;
    const name = nameOf(node);
    const initializers: Tensor[] = [];
    let offset = 0;
    const padded = node.inputs.map((input, index) => {
      const length = view.shape(input)![axis] as number;
      const pads = Array<number>(2 * shape.length).fill(0);
      pads[axis] = offset;
      pads[shape.length + axis] = total - offset - length;
      offset += length;
      const stated = integers(view.freeName(`${name}/pads.${index}`), pads);
      initializers.push(stated);
      const output = view.freeName(`${name}/padded.${index}`);
      return makeNode('Pad', output, [input, stated.name], output);
    });
    const at = node.inputs.indexOf(computed[0]!);
    const value = padded[at]!;
    const constants = padded.toSpliced(at, 1);
    const sums = constants.slice(1).map((one, index) => {
      const output = view.freeName(`${name}/sum.${index}`);
      return makeNode('Add', output, [one.outputs[0]!], output);
    });
    let sum = constants[0]!.outputs[0]!;
    const added = sums.map((one) => {
      const complete = { ...one, inputs: [sum, ...one.inputs] };
      sum = one.outputs[0]!;
      return complete;
    });
    const result = makeNode('Add', node.name, [value.outputs[0]!, sum], node.outputs[0]!);
    return { remove: [node], add: [...padded, ...added, result], initializers };
  },
};
