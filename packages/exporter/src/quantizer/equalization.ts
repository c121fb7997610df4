/**
 * Equalization of channels: cross-layer equalization (Nagel et al. 2019) of Conv, Gemm or MatMul → Relu → Conv, Gemm or MatMul, and of
 * LayerNormalization → MatMul or Gemm (as in SmoothQuant, Xiao et al. 2023). A channel that is far smaller than the largest of its
 * tensor has few codes. As all that stands between two such operators scales with its input, a channel can be divided by a factor in
 * the first and multiplied by it in the second, and the network stays the same.
 *
 * Weights have a scale for each output channel, so the first operator's are none the worse for it; what shares a scale are the
 * activation's channels, and what the second operator's output channels weigh them with. The factor makes both alike:
 * a / s = w · s, s = √(a / w), a and w their largest magnitudes.
 */
import {
  attributesOf,
  elementCount,
  type Graph,
  inferShapes,
  type Model,
  type Node,
  type NodeOf,
  type QuantizedWeight,
  type Tensor,
  tensor,
} from '@edgebeat/graph';
import { ModelRunner, type RunnerOptions, type Window } from '../runner/model-runner.js';
import type { MatrixOperator } from './matrix-operators.js';

export interface EqualizedValue {
  readonly value: string;
  /** Least and greatest factor that a channel was divided by. */
  readonly least: number;
  readonly most: number;
}

/** A tensor whose channels can be scaled: what makes it, and what reads it. */
interface Equalizable {
  /** As the second operators read it. */
  readonly value: string;
  /** Dimension of the channels, counted from the end. */
  readonly channelsFromEnd: number;
  /** Constants to divide: tensor and dimension of the channels. */
  readonly divided: readonly Scaled[];
  readonly multiplied: readonly Scaled[];
}

interface Scaled {
  readonly tensor: string;
  readonly axis: number;
}

/**
 * @param operators of the model.
 * @returns the network with other constants, the same function but for float rounding; values that were scaled.
 */
export async function equalized(
  model: Model,
  operators: readonly MatrixOperator[],
  windows: readonly Window[],
  options: RunnerOptions,
): Promise<{ model: Model; values: readonly EqualizedValue[] }> {
  const found = findEqualizable(model.graph, operators);
  if (found.length === 0) return { model, values: [] };
  const largest = await largestByChannel(model, found, windows, options);
  const constants = new Map(model.graph.initializers.map((constant) => [constant.name, constant]));
  const values = found.map(({ value, divided, multiplied }) => {
    const activation = largest.get(value)!;
    const weight = new Float64Array(activation.length);
    for (const scaled of multiplied) addLargest(weight, constants.get(scaled.tensor)!, scaled.axis);
    // Channels that are always 0, or that nobody weighs, stay as they are.
    const factors = activation.map((a, channel) =>
      a > 0 && weight[channel]! > 0 ? Math.sqrt(a / weight[channel]!) : 1,
    );
    for (const { tensor: name, axis } of divided)
      constants.set(
        name,
        scaledBy(constants.get(name)!, axis, (channel) => 1 / factors[channel]!),
      );
    for (const { tensor: name, axis } of multiplied)
      constants.set(
        name,
        scaledBy(constants.get(name)!, axis, (channel) => factors[channel]!),
      );
    return { value, least: Math.min(...factors), most: Math.max(...factors) };
  });
  const initializers = model.graph.initializers.map(({ name }) => constants.get(name)!);
  return { model: { ...model, graph: { ...model.graph, initializers } }, values };
}

function findEqualizable(graph: Graph, operators: readonly MatrixOperator[]): Equalizable[] {
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const readers = new Map<string, Node[]>();
  for (const node of graph.nodes)
    for (const name of new Set(node.inputs)) readers.set(name, [...(readers.get(name) ?? []), node]);
  const byNode = new Map(operators.map((operator) => [operator.node, operator]));
  const types = inferShapes(graph);
  // Constants that several nodes read would change for all of them.
  const isOwn = (name: string) => readers.get(name)?.length === 1;
  const multipliedBy = (value: string, channelsFromEnd: number): Scaled[] | undefined => {
    const scaled = (readers.get(value) ?? [])
      .map((node) => byNode.get(node))
      .map((operator) =>
        operator?.input === value && isOwn(operator.weight.value)
          ? inputAxis(operator, types, channelsFromEnd)
          : undefined,
      );
    return scaled.length > 0 && scaled.every((one) => one !== undefined) ? (scaled as Scaled[]) : undefined;
  };
  const behind = (value: string): string => {
    const [reader, ...others] = readers.get(value) ?? [];
    return reader?.operator === 'Relu' && others.length === 0 && !outputs.has(value) ? reader.outputs[0]! : value;
  };
  const equalizable = (value: string, channelsFromEnd: number, divided: readonly Scaled[]): Equalizable[] => {
    const multiplied = outputs.has(value) ? undefined : multipliedBy(value, channelsFromEnd);
    return multiplied && divided.every(({ tensor: name }) => isOwn(name))
      ? [{ value, channelsFromEnd, divided, multiplied }]
      : [];
  };
  return graph.nodes.flatMap((node) => {
    if (node.operator === 'LayerNormalization') {
      const [value] = node.outputs as [string];
      const [, scale = '', bias = ''] = node.inputs;
      const constants = [scale, ...(bias === '' ? [] : [bias])];
      if (constants.some((name) => types.get(name)?.shape.length !== 1)) return [];
      return equalizable(
        value,
        1,
        constants.map((name) => ({ tensor: name, axis: 0 })),
      );
    }
    const operator = byNode.get(node);
    if (operator?.weight.axis === undefined) return [];
    const { weight, bias, output } = operator;
    const { shape } = types.get(output)!;
    const biasShape = bias === undefined ? undefined : types.get(bias)!.shape;
    if (
      biasShape &&
      (biasShape.length !== 1 || (biasShape[0] === 1 && types.get(weight.value)!.shape[weight.axis!] !== 1))
    )
      return [];
    const channelsFromEnd = node.operator === 'Conv' ? shape.length - 1 : 1;
    const divided = [
      { tensor: weight.value, axis: weight.axis! },
      ...(bias === undefined ? [] : [{ tensor: bias, axis: 0 }]),
    ];
    return equalizable(behind(output), channelsFromEnd, divided);
  });
}

/** The dimension of a weight that belongs to the channels of its input, where every output channel sees all of them. */
function inputAxis(
  { node, weight }: { node: Node; weight: QuantizedWeight },
  types: ReturnType<typeof inferShapes>,
  channelsFromEnd: number,
): Scaled | undefined {
  const rank = types.get(weight.value)!.shape.length;
  switch (node.operator) {
    case 'Conv':
      return attributesOf(node as NodeOf<'Conv'>).group === 1 && channelsFromEnd === rank - 1
        ? { tensor: weight.value, axis: 1 }
        : undefined;
    case 'Gemm':
      return { tensor: weight.value, axis: attributesOf(node as NodeOf<'Gemm'>).transB ? 1 : 0 };
    default:
      return rank === 2 && channelsFromEnd === 1 && weight.axis === 1 ? { tensor: weight.value, axis: 0 } : undefined;
  }
}

async function largestByChannel(
  model: Model,
  found: readonly Equalizable[],
  windows: readonly Window[],
  options: RunnerOptions,
): Promise<ReadonlyMap<string, Float64Array>> {
  const types = inferShapes(model.graph);
  const layouts = new Map(
    found.map(({ value, channelsFromEnd }) => {
      const { shape } = types.get(value)!;
      const at = shape.length - channelsFromEnd;
      const inner = elementCount(shape.slice(at + 1) as number[]);
      return [value, { inner, largest: new Float64Array(shape[at] as number) }];
    }),
  );
  const runner = await ModelRunner.open(model, { ...options, values: [...layouts.keys()] });
  try {
    for await (const { values } of runner.batches(windows)) {
      for (const [value, elements] of values) {
        const { inner, largest } = layouts.get(value)!;
        for (let i = 0; i < elements.length; i++) {
          const channel = Math.floor(i / inner) % largest.length;
          const magnitude = Math.abs(elements[i]!);
          if (magnitude > largest[channel]!) largest[channel] = magnitude;
        }
      }
    }
  } finally {
    await runner.release();
  }
  return new Map([...layouts].map(([value, { largest }]) => [value, largest]));
}

function addLargest(largest: Float64Array, { data, shape }: Tensor, axis: number): void {
  const inner = elementCount(shape.slice(axis + 1));
  for (let i = 0; i < data.length; i++) {
    const channel = Math.floor(i / inner) % largest.length;
    largest[channel] = Math.max(largest[channel]!, Math.abs(data[i] as number));
  }
}

function scaledBy({ name, data, shape }: Tensor, axis: number, factor: (channel: number) => number): Tensor {
  const inner = elementCount(shape.slice(axis + 1));
  const channels = shape[axis]!;
  const scaled = Float32Array.from(
    data as Float32Array,
    (element, i) => element * factor(Math.floor(i / inner) % channels),
  );
  return tensor(name, 'float32', shape, scaled);
}
