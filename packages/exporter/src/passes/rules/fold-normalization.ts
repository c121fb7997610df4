/**
 * Scale and bias of a LayerNormalization go into the products that read it, where nothing else does: W · (γ ∘ x + β) + b is
 * (W · γ) · x + (b + W · β). What is left has channels of one variance, which share the codes of int8 more evenly, and fewer
 * constants and operations.
 */
import { elementCount, type Node, type TensorOf } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { type LinearLayer, layerWithBias } from '../linear-layer.js';
import { attributesIf, floats, node as makeNode, nameOf } from '../nodes.js';
import type { Replacement, Rule } from '../rule.js';

export const foldNormalization: Rule = {
  name: 'fold-normalization',
  match(node, view) {
    const map = channelMap(node, view);
    const layers = map && layersBehind(node, view);
    if (!map || !layers) return undefined;
    const name = nameOf(node);
    const normal = view.freeName(`${name}/normal`);
    const ones = floats(view.freeName(`${name}/ones`), [map.scale.length], new Float32Array(map.scale.length).fill(1));
    const folded = layers.map((layer) => foldedLayer(layer, map, normal, view));
    return {
      remove: [],
      initializers: [ones, ...folded.flatMap(({ initializers = [] }) => initializers)],
      inPlace: new Map([
        [node, [{ ...node, inputs: [node.inputs[0]!, ones.name], outputs: [normal] }]],
        ...folded.flatMap(({ inPlace = new Map<Node, readonly Node[]>() }) => [...inPlace]),
      ]),
    };
  },
};

interface ChannelMap {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

/** What a normalization of the last dimension does to each channel; undefined for any other node, and where it does nothing. */
function channelMap(node: Node, view: GraphView): ChannelMap | undefined {
  const attributes = attributesIf(node, 'LayerNormalization');
  const rank = view.shape(node.inputs[0])?.length ?? 0;
  if (!attributes || node.outputs.length > 1 || (attributes.axis !== -1 && attributes.axis !== rank - 1))
    return undefined;
  const [, scaleName, biasName = ''] = node.inputs;
  const scale = row(view.floats(scaleName));
  const bias = biasName === '' ? scale && new Float32Array(scale.length) : row(view.floats(biasName));
  if (!scale || bias?.length !== scale.length) return undefined;
  const isPlain = biasName === '' && scale.every((factor) => factor === 1);
  return isPlain ? undefined : { scale, bias };
}

function row(constant: TensorOf<'float32'> | undefined): Float32Array | undefined {
  return constant?.shape.length === 1 ? constant.data : undefined;
}

/** The layers that read a value along its last dimension; undefined where anything else reads it, or shares a weight with them. */
function layersBehind(node: Node, view: GraphView): LinearLayer[] | undefined {
  const [value] = node.outputs as [string];
  const readers = view.readers(value);
  if (readers.length === 0 || view.isOutput(value)) return undefined;
  const layers = readers.map((reader) => {
    const layer = reader.inputs[0] === value && reader.inputs[1] !== value ? layerWithBias(reader, view) : undefined;
    return layer && layer.node.operator !== 'Conv' && view.onlyReader(layer.weight.name) ? layer : undefined;
  });
  return layers.every((layer) => layer !== undefined) ? layers : undefined;
}

function foldedLayer(layer: LinearLayer, map: ChannelMap, input: string, view: GraphView): Partial<Replacement> {
  const { node, addition, weight, axis, channels } = layer;
  const name = nameOf(node);
  const columns = weight.shape[1]!;
  const inputOf = (index: number) => (axis === 1 ? Math.floor(index / columns) : index % columns);
  const outputOf = (index: number) => (axis === 1 ? index % columns : Math.floor(index / columns));
  const sums = Float64Array.from({ length: channels }, (_, channel) => layer.bias?.[channel] ?? 0);
  const scaled = new Float32Array(elementCount(weight.shape));
  for (const [index, element] of weight.data.entries()) {
    const channel = inputOf(index);
    scaled[index] = element * map.scale[channel]!;
    sums[outputOf(index)]! += element * map.bias[channel]!;
  }
  const factors = floats(view.freeName(`${name}/weight`), weight.shape, scaled);
  const isBiased = layer.bias !== undefined || sums.some((sum) => sum !== 0);
  const bias = floats(view.freeName(`${name}/bias`), [channels], sums);
  const initializers = isBiased ? [factors, bias] : [factors];
  if (node.operator !== 'MatMul') {
    const product = { ...node, inputs: [input, factors.name, ...(isBiased ? [bias.name] : [])] };
    return { initializers, inPlace: new Map([[node, [product]]]) };
  }
  const product = { ...node, inputs: [input, factors.name] };
  if (addition) {
    const sum = { ...addition, inputs: [node.outputs[0]!, bias.name] };
    return {
      initializers,
      inPlace: new Map([
        [node, [product]],
        [addition, [sum]],
      ]),
    };
  }
  if (!isBiased) return { initializers, inPlace: new Map([[node, [product]]]) };
  const inner = view.freeName(`${name}/product`);
  const sum = makeNode('Add', `${name}/bias`, [inner, bias.name], node.outputs[0]!);
  return { initializers, inPlace: new Map([[node, [{ ...product, outputs: [inner] }, sum]]]) };
}
