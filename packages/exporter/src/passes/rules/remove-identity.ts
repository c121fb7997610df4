/** Nodes that pass on what they get: Identity, Cast to the same type, Concat of one, times 1, plus 0, padding by nothing and their like. */
import { integersOf, type Node } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { attributesIf } from '../nodes.js';
import type { Rule } from '../rule.js';

export const removeIdentity: Rule = {
  name: 'remove-identity',
  match(node, view) {
    const output = node.outputs[0];
    const same = passedOn(node, view);
    if (same === undefined || output === undefined || node.domain !== undefined || node.outputs.length !== 1)
      return undefined;
    const rename = view.renaming(output, same);
    return rename && { remove: [node], rename };
  },
};

/** Operators whose result is their first input where it has the same shape. */
const MOVES: ReadonlySet<string> = new Set([
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Expand',
  'Slice',
  'Split',
  'Concat',
]);

/** The value that the output of a node is equal to. */
function passedOn(node: Node, view: GraphView): string | undefined {
  const input = node.inputs[0] ?? '';
  const [own, result] = [view.type(input), view.type(node.outputs[0])];
  const sameShape = own !== undefined && own.shape.join() === result?.shape.join();
  if (node.operator === 'Identity') return input;
  if (node.operator === 'Cast') return own?.dtype === result?.dtype ? input : undefined;
  if (node.operator === 'Transpose') {
    const { perm } = attributesIf(node, 'Transpose')!;
    return perm?.every((axis, index) => axis === index) ? input : undefined;
  }
  if (MOVES.has(node.operator)) return sameShape && !reverses(node, view) ? input : undefined;
  if (node.operator === 'Pad') {
    const pads = view.constant(node.inputs[1]);
    return pads && integersOf(pads).every((pad) => pad === 0) ? input : undefined;
  }
  return neutral(node, view);
}

/** Slice backwards keeps the shape, too. */
function reverses(node: Node, view: GraphView): boolean {
  if (node.operator !== 'Slice') return false;
  const steps = view.constant(node.inputs[4]);
  return (node.inputs[4] ?? '') !== '' && !(steps && integersOf(steps).every((step) => step === 1));
}

const NEUTRAL: Readonly<Record<string, number>> = { Mul: 1, Div: 1, Add: 0, Sub: 0 };

/** The other operand, where one is 0 or 1 throughout and changes no shape. */
function neutral(node: Node, view: GraphView): string | undefined {
  const number = Object.hasOwn(NEUTRAL, node.operator) ? NEUTRAL[node.operator] : undefined;
  const operands = number === undefined ? undefined : view.operands(node);
  if (!operands?.constant.data.every((element) => element === number)) return undefined;
  const commutes = node.operator === 'Mul' || node.operator === 'Add';
  if (!commutes && operands.position === 0) return undefined;
  return view.shape(operands.value)?.join() === view.shape(node.outputs[0])?.join() ? operands.value : undefined;
}
