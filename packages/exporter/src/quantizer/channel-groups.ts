/**
 * Which values of a network can have their channels scaled together: all that lie between layers which make them and layers which read
 * them, where everything on the way gives c · y for c · x, c > 0, channel by channel. Behind a Conv and its Relu there is one such
 * group, the stream of a residual stage is another.
 */
import {
  attributesOf,
  type Graph,
  inferShapes,
  integersOf,
  type Node,
  type NodeOf,
  type Tensor,
} from '@edgebeat/graph';
import type { MatrixOperator } from './matrix-operators.js';

/** A constant that has the channels of a group along one of its dimensions. */
export interface ChannelConstant {
  readonly tensor: string;
  readonly axis: number;
  /** Whether each of the channels has a scale of its own in int8, so that it does not matter how they compare. */
  readonly isPerChannel: boolean;
}

export interface ChannelGroup {
  readonly channels: number;
  /** Values and the dimension of their channels. */
  readonly values: ReadonlyMap<string, number>;
  /** What the group is divided by when these are: weights, biases and other constants of the layers that make it. */
  readonly makers: readonly ChannelConstant[];
  /** The weights that read it. */
  readonly readers: readonly ChannelConstant[];
}

/** Groups that have makers and readers, in the order of the graph. @param operators of the graph. */
export function channelGroups(graph: Graph, operators: readonly MatrixOperator[]): readonly ChannelGroup[] {
  return new Grouping(graph, operators).groups();
}

interface OpenGroup {
  readonly channels: number;
  readonly values: Map<string, number>;
  readonly makers: ChannelConstant[];
  readonly readers: ChannelConstant[];
  isBlocked: boolean;
}

class Grouping {
  readonly #graph: Graph;
  readonly #operators: ReadonlyMap<Node, MatrixOperator>;
  readonly #adders: ReadonlySet<Node>;
  readonly #constants: ReadonlyMap<string, Tensor>;
  readonly #shapes: ReadonlyMap<string, readonly (number | string)[]>;
  readonly #readerCounts = new Map<string, number>();
  readonly #groupOf = new Map<string, OpenGroup>();

  constructor(graph: Graph, operators: readonly MatrixOperator[]) {
    this.#graph = graph;
    this.#operators = new Map(operators.map((operator) => [operator.node, operator]));
    this.#adders = new Set(operators.flatMap(({ adder }) => (adder ? [adder.node] : [])));
    this.#constants = new Map(graph.initializers.map((constant) => [constant.name, constant]));
    this.#shapes = new Map([...inferShapes(graph)].map(([name, { shape }]) => [name, shape]));
    for (const name of graph.nodes.flatMap(({ inputs }) => inputs))
      this.#readerCounts.set(name, (this.#readerCounts.get(name) ?? 0) + 1);
  }

  groups(): readonly ChannelGroup[] {
    for (const node of this.#graph.nodes) this.#visit(node);
    for (const { name } of this.#graph.outputs) this.#block(name);
    return [...new Set(this.#groupOf.values())].filter(
      ({ isBlocked, channels, makers, readers }) =>
        !isBlocked && channels > 1 && makers.length > 0 && readers.length > 0,
    );
  }

  #visit(node: Node): void {
    const operator = this.#operators.get(node);
    if (operator) this.#visitOperator(operator);
    else if (node.operator === 'LayerNormalization') this.#visitNormalization(node);
    else if (node.operator === 'Add' || node.operator === 'Sub') this.#visitSum(node);
    else this.#visitOther(node);
  }

  #visitOperator({ node, input, weight, bias, output }: MatrixOperator): void {
    for (const name of node.inputs) if (name !== input) this.#block(name);
    this.#addReader(input, node, weight.value);
    const { axis } = weight;
    if (axis === undefined) return;
    const rank = this.#shapes.get(output)!.length;
    const constants = [{ tensor: weight.value, axis, isPerChannel: true }];
    const isRow = bias === undefined || this.#shapes.get(bias)!.length === 1;
    if (bias !== undefined) constants.push({ tensor: bias, axis: 0, isPerChannel: true });
    this.#open(output, node.operator === 'Conv' ? 1 : rank - 1, constants, isRow);
  }

  #visitNormalization(node: Node): void {
    const [data, scale = '', bias = ''] = node.inputs as [string, string?, string?];
    this.#block(data);
    const constants = [scale, ...(bias === '' ? [] : [bias])].map((name) => ({
      tensor: name,
      axis: 0,
      isPerChannel: true,
    }));
    const [output] = node.outputs as [string];
    const isRow = constants.every(({ tensor }) => this.#shapes.get(tensor)?.length === 1);
    this.#open(output, this.#shapes.get(output)!.length - 1, constants, isRow);
  }

  #visitSum(node: Node): void {
    // The bias of a product belongs to the product.
    if (this.#adders.has(node)) return;
    const [a, b] = node.inputs as [string, string];
    const [left, right] = [this.#groupOf.get(a), this.#groupOf.get(b)];
    const isTied =
      left &&
      right &&
      left.values.get(a) === right.values.get(b) &&
      this.#shapes.get(a)!.length === this.#shapes.get(b)!.length;
    if (!isTied) {
      this.#visitOther(node);
      return;
    }
    const group = this.#joined(left, right);
    this.#put(node.outputs[0]!, group, group.values.get(a)!);
  }

  #visitOther(node: Node): void {
    const [input = ''] = node.inputs;
    const group = this.#groupOf.get(input);
    const axis = group && this.#axisBehind(node, group.values.get(input)!, group.channels);
    for (const name of node.inputs) if (name !== input || axis === undefined) this.#block(name);
    if (group && axis !== undefined) this.#put(node.outputs[0]!, group, axis);
  }

  /** Where an operator leaves the channels that it does not mix; undefined for any other operator. */
  #axisBehind(node: Node, axis: number, channels: number): number | undefined {
    switch (node.operator) {
      case 'Relu':
      case 'Identity':
      case 'MaxPool':
      case 'AveragePool':
      case 'GlobalAveragePool':
        return axis;
      case 'Transpose': {
        const { perm } = attributesOf(node as NodeOf<'Transpose'>);
        const at = perm?.indexOf(axis) ?? -1;
        return at < 0 ? undefined : at;
      }
      case 'ReduceMean': {
        const { keepdims } = attributesOf(node as NodeOf<'ReduceMean'>);
        const rank = this.#shapes.get(node.inputs[0]!)!.length;
        const constant = this.#constants.get(node.inputs[1] ?? '');
        const axes = constant && integersOf(constant).map((one) => (one < 0 ? one + rank : one));
        if (!axes || axes.includes(axis)) return undefined;
        return keepdims ? axis : axis - axes.filter((one) => one < axis).length;
      }
      case 'Flatten':
      case 'Reshape':
      case 'Squeeze':
      case 'Unsqueeze':
        return this.#axisInShape(node, axis, channels);
      default:
        return undefined;
    }
  }

  /** The dimension of the same size with as many elements before it, the batch aside. */
  #axisInShape(node: Node, axis: number, channels: number): number | undefined {
    const before = (shape: readonly (number | string)[], at: number) =>
      shape.slice(1, at).reduce((product: number, size) => product * (typeof size === 'number' ? size : 1), 1);
    const outer = before(this.#shapes.get(node.inputs[0]!)!, axis);
    const shape = this.#shapes.get(node.outputs[0]!)!;
    const at = shape.findIndex((size, index) => index > 0 && size === channels && before(shape, index) === outer);
    return at < 0 ? undefined : at;
  }

  #addReader(value: string, node: Node, weight: string): void {
    const group = this.#groupOf.get(value);
    const constant = group && this.#inputChannels(node, weight, group, group.values.get(value)!);
    if (constant && this.#isOwn(weight)) group.readers.push(constant);
    else this.#block(value);
  }

  /** The dimension of a weight that belongs to the channels of its input. */
  #inputChannels(node: Node, weight: string, { channels }: OpenGroup, axis: number): ChannelConstant | undefined {
    const shape = this.#shapes.get(weight)!;
    const isLast = axis === this.#shapes.get(node.inputs[0]!)!.length - 1;
    switch (node.operator) {
      case 'Conv': {
        const { group } = attributesOf(node as NodeOf<'Conv'>);
        if (axis !== 1) return undefined;
        if (group === 1) return { tensor: weight, axis: 1, isPerChannel: false };
        return group === channels && shape[0] === channels
          ? { tensor: weight, axis: 0, isPerChannel: true }
          : undefined;
      }
      case 'Gemm': {
        const { transB } = attributesOf(node as NodeOf<'Gemm'>);
        return isLast ? { tensor: weight, axis: transB ? 1 : 0, isPerChannel: false } : undefined;
      }
      default:
        return isLast && shape.length === 2 && node.inputs[1] === weight
          ? { tensor: weight, axis: 0, isPerChannel: false }
          : undefined;
    }
  }

  #open(value: string, axis: number, makers: ChannelConstant[], isScalable: boolean): void {
    const channels = this.#shapes.get(value)![axis] as number;
    const isOwn = makers.every(
      ({ tensor, axis: at }) => this.#isOwn(tensor) && this.#shapes.get(tensor)![at] === channels,
    );
    const group = { channels, values: new Map(), makers, readers: [], isBlocked: !isOwn || !isScalable };
    this.#put(value, group, axis);
  }

  #joined(a: OpenGroup, b: OpenGroup): OpenGroup {
    if (a === b) return a;
    a.makers.push(...b.makers);
    a.readers.push(...b.readers);
    for (const [value, axis] of b.values) this.#put(value, a, axis);
    a.isBlocked ||= b.isBlocked;
    return a;
  }

  #put(value: string, group: OpenGroup, axis: number): void {
    group.values.set(value, axis);
    this.#groupOf.set(value, group);
  }

  #block(value: string): void {
    const group = this.#groupOf.get(value);
    if (group) group.isBlocked = true;
  }

  /** A constant that several nodes read would change for all of them. */
  #isOwn(name: string): boolean {
    return this.#constants.has(name) && this.#readerCounts.get(name) === 1;
  }
}
