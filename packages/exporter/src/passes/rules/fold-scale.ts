/**
 * A constant that multiplies or divides what a Conv, Gemm or MatMul (+ Add) gives, one number or one for each channel, goes into
 * weights and bias; one number that multiplies or divides what such a layer gets goes into the weights.
 */
import type { Node } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { adjusted, layerOf, layerThatMakes, perChannel } from '../linear-layer.js';
import { floats, nameOf } from '../nodes.js';
import type { Replacement, Rule } from '../rule.js';

export const foldScale: Rule = {
  name: 'fold-scale',
  match(node, view) {
    if (node.domain !== undefined || (node.operator !== 'Mul' && node.operator !== 'Div')) return undefined;
    return behind(node, view) ?? before(node, view);
  },
};

function behind(node: Node, view: GraphView): Replacement | undefined {
  const operands = view.operands(node);
  const layer = operands && layerThatMakes(operands.value, node, view);
  const shape = view.shape(node.outputs[0]);
  if (!layer || !shape || shape.join() !== view.shape(operands.value)?.join()) return undefined;
  const values = perChannel(operands.constant, layer.channels, layer.outputAxis, shape.length);
  const factors = values && inverseWhereDivided(node, values, operands.position);
  return factors && adjusted(layer, node, view, { factor: (channel) => factors[channel]! });
}

function before(node: Node, view: GraphView): Replacement | undefined {
  const operands = view.operands(node);
  const reader = view.onlyReader(node.outputs[0], 'Conv', 'Gemm', 'MatMul');
  const layer = operands && reader && reader.inputs[0] === node.outputs[0] ? layerOf(reader, view) : undefined;
  if (!layer || operands!.constant.data.length !== 1) return undefined;
  if (view.shape(node.outputs[0])?.join() !== view.shape(operands!.value)?.join()) return undefined;
  const factors = inverseWhereDivided(node, operands!.constant.data, operands!.position);
  if (!factors) return undefined;
  const { data, shape } = layer.weight;
  const weight = floats(
    view.freeName(`${nameOf(reader!)}/weight`),
    shape,
    data.map((element) => element * factors[0]!),
  );
  const inputs = [operands!.value, weight.name, ...reader!.inputs.slice(2)];
  return { remove: [node, reader!], add: [{ ...reader!, inputs }], initializers: [weight] };
}

/** By what a node multiplies; undefined where that is no number, or a constant is divided. */
function inverseWhereDivided(node: Node, values: Float32Array, position: 0 | 1): readonly number[] | undefined {
  if (node.operator === 'Div' && position === 0) return undefined;
  const factors = Array.from(values, (value) => (node.operator === 'Div' ? 1 / value : value));
  return factors.every(Number.isFinite) ? factors : undefined;
}
