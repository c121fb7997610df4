/** Conv, Gemm and MatMul with constant weights, seen alike: a weight whose output channels can be multiplied, and a bias. */
import { elementCount, type Node, type Tensor, type TensorOf } from '@edgebeat/graph';
import type { GraphView } from './graph-view.js';
import { attributesIf, floats, node as makeNode, nameOf } from './nodes.js';
import type { Replacement } from './rule.js';

export interface LinearLayer {
  /** The node with the weight. */
  readonly node: Node;
  /** Where the bias is added apart, as it is behind MatMul. */
  readonly addition?: Node;
  readonly weight: TensorOf<'float32'>;
  /** Dimension of the weight that counts output channels. */
  readonly axis: number;
  /** One number for each output channel. */
  readonly bias?: Float32Array;
  readonly channels: number;
  /** Dimension of the output that counts channels. */
  readonly outputAxis: number;
}

/** The layer that makes a value; undefined for anything else, and where the value or what is between its nodes is read by others. */
export function layerThatMakes(value: string, reader: Node, view: GraphView): LinearLayer | undefined {
  if (view.onlyReader(value) !== reader) return undefined;
  const node = view.maker(value, 'Conv', 'Gemm', 'MatMul', 'Add');
  return node?.operator === 'Add' ? matMulWithBias(node, view) : node && layerOf(node, view);
}

/** The layer of a Conv, Gemm (without alpha, beta and transA) or MatMul whose weight is a constant on the right. */
export function layerOf(node: Node, view: GraphView): LinearLayer | undefined {
  const weight = view.floats(node.inputs[1]);
  const rank = view.shape(node.outputs[0])?.length ?? 0;
  if (!weight || view.floats(node.inputs[0])) return undefined;
  if (node.operator === 'MatMul') {
    if (weight.shape.length !== 2) return undefined;
    return { node, weight, axis: 1, channels: weight.shape[1]!, outputAxis: rank - 1 };
  }
  const gemm = attributesIf(node, 'Gemm');
  if (gemm && (gemm.alpha !== 1 || gemm.beta !== 1 || gemm.transA)) return undefined;
  if (!gemm && node.operator !== 'Conv') return undefined;
  const axis = gemm && !gemm.transB ? 1 : 0;
  const channels = weight.shape[axis]!;
  const layer = { node, weight, axis, channels, outputAxis: 1 };
  if ((node.inputs[2] ?? '') === '') return layer;
  const bias = perChannel(view.floats(node.inputs[2]), channels, 1, 2);
  return bias && { ...layer, bias };
}

/** The same with the bias that is added behind a MatMul, where nothing else reads the product. */
export function layerWithBias(node: Node, view: GraphView): LinearLayer | undefined {
  const addition = node.operator === 'MatMul' ? view.onlyReader(node.outputs[0], 'Add') : undefined;
  return (addition && matMulWithBias(addition, view)) ?? layerOf(node, view);
}

function matMulWithBias(addition: Node, view: GraphView): LinearLayer | undefined {
  const operands = view.operands(addition);
  const product = operands && view.maker(operands.value, 'MatMul');
  const layer = product && view.onlyReader(operands.value) === addition ? layerOf(product, view) : undefined;
  if (!layer || view.shape(operands!.value)?.join() !== view.shape(addition.outputs[0])?.join()) return undefined;
  const rank = view.shape(addition.outputs[0])!.length;
  const bias = perChannel(operands!.constant, layer.channels, rank - 1, rank);
  return bias && { ...layer, addition, bias };
}

/** A constant that broadcasts over all dimensions of an output but its channels, as one number for each of them. */
export function perChannel(
  constant: TensorOf<'float32'> | undefined,
  channels: number,
  outputAxis: number,
  rank: number,
): Float32Array | undefined {
  if (!constant || constant.shape.length > rank) return undefined;
  const at = outputAxis - rank + constant.shape.length;
  if (elementCount(constant.shape) === 1) return new Float32Array(channels).fill(constant.data[0]!);
  const fits = constant.shape.every((size, axis) => (axis === at ? size === channels : size === 1));
  return fits ? constant.data : undefined;
}

/** What a change of the layer's numbers is: new weights, for whoever reads `output` now. */
export interface Adjustment {
  /** By what each output channel is multiplied. */
  readonly factor: (channel: number) => number;
  /** What the bias of each channel becomes; no bias stays none without it. */
  readonly bias?: (channel: number, bias: number) => number;
}

/** The layer with other numbers, in the place of its nodes and of `reader`, whose output it makes. */
export function adjusted(layer: LinearLayer, reader: Node, view: GraphView, { factor, bias }: Adjustment): Replacement {
  const { node, addition } = layer;
  const name = nameOf(node);
  const scaled = scaledWeight(layer, view.freeName(`${name}/weight`), factor);
  const shift = bias ?? (layer.bias && ((channel: number, old: number) => old * factor(channel)));
  const shifted =
    shift &&
    floats(
      view.freeName(`${name}/bias`),
      [layer.channels],
      Array.from({ length: layer.channels }, (_, channel) => shift(channel, layer.bias?.[channel] ?? 0)),
    );
  const remove = [node, ...(addition ? [addition] : []), reader];
  const initializers: Tensor[] = [scaled, ...(shifted ? [shifted] : [])];
  const output = reader.outputs[0]!;
  if (node.operator !== 'MatMul' || !shifted) {
    const inputs = [node.inputs[0]!, scaled.name, ...(shifted ? [shifted.name] : [])];
    return { remove, add: [{ ...node, inputs, outputs: [output] }], initializers };
  }
  const product = view.freeName(`${name}/product`);
  const add = [
    { ...node, inputs: [node.inputs[0]!, scaled.name], outputs: [product] },
    makeNode('Add', addition?.name ?? `${name}/bias`, [product, shifted.name], output),
  ];
  return { remove, add, initializers };
}

/** The weight with each output channel multiplied, in float64 and rounded once. */
function scaledWeight({ weight, axis }: LinearLayer, name: string, factor: (channel: number) => number): Tensor {
  const inner = elementCount(weight.shape.slice(axis + 1));
  const count = weight.shape[axis]!;
  const factors = Array.from({ length: count }, (_, channel) => factor(channel));
  const data = weight.data.map((element, index) => element * factors[Math.floor(index / inner) % count]!);
  return floats(name, weight.shape, data);
}
