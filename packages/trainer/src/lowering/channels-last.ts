/**
 * Replays the one-dimensional convolutional part of a network with the channels last, for training: values [N, C, L] become
 * [N, L, C]. A convolution is then one matrix product over all positions of all examples, whose rows are whole pieces of the
 * signal; onnxruntime's own convolution is a small product for each example, and takes twice as long.
 *
 * Parameters keep their form. What another operator reads, or the graph gives out, is transposed back.
 */
import {
  attributesOf,
  describeNode,
  type Graph,
  inferNode,
  type Node,
  type NodeOf,
  type OperatorName,
  type Shape,
  type Tensor,
  type TensorType,
  type Value,
} from '@edgebeat/graph';
import type { AttributesOf, Gradient } from '../autodiff/gradient.js';
import { slidingAxes } from '../autodiff/gradients/sliding-window.js';
import type { Lowering, Tape } from '../autodiff/tape.js';
import { batchNormalization } from './batch-normalization.js';
import { convolution } from './convolution.js';
import { isElementwise } from './elementwise.js';
import { globalAveragePool } from './global-average-pool.js';

/** Exchanges the last two of three dimensions, and is its own inverse. */
const EXCHANGE = [0, 2, 1] as const;

/** Some nodes that stand for one, and their gradient by its inputs. */
export interface Lowered {
  readonly y: Value;
  readonly rule: Gradient<never>;
}

export class ChannelsLast implements Lowering {
  readonly #tape: Tape;
  /** Values with their channels last, by the names of the graph. */
  readonly #values = new Map<string, Value>();

  /** Filters that nothing but convolutions to be lowered reads. */
  readonly #filters: ReadonlySet<string>;

  constructor(tape: Tape, graph: Graph) {
    this.#tape = tape;
    this.#filters = filtersOf(graph);
  }

  /** Filters [filters, C, taps] come in as their products take them, [filters, taps, C], and are never transposed. */
  permutationOf({ name }: Tensor): readonly number[] | undefined {
    return this.#filters.has(name) ? EXCHANGE : undefined;
  }

  replay(node: Node & { operator: OperatorName }): boolean {
    const y = this.#replayed(node);
    if (!y) return false;
    this.#values.set(node.outputs[0]!, y);
    return true;
  }

  restored(name: string): Value | undefined {
    const value = this.#values.get(name);
    return value && this.#transposed(value);
  }

  #replayed(node: Node): Value | undefined {
    if (isOf(node, 'Conv')) return this.#convolution(node);
    const [first = ''] = node.inputs;
    const isLast = this.#values.has(first);
    if (isOf(node, 'BatchNormalization') && isLast) return this.#batchNormalization(node);
    if (isOf(node, 'GlobalAveragePool') && isLast) {
      const x = this.#last(first);
      return this.#put(node, [x], globalAveragePool(this.#tape.g, x));
    }
    return isElementwise(node) ? this.#elementwise(node) : undefined;
  }

  #convolution(node: NodeOf<'Conv'>): Value | undefined {
    const [x, w, b] = node.inputs as [string, string, string?];
    const attributes = attributesOf(node);
    const known = this.#values.get(x) ?? this.#tape.value(x);
    if (attributes.group !== 1 || known.dtype !== 'float32' || !isSignal(known)) return undefined;
    const filters = this.#tape.value(w);
    const tapsFirst = this.#tape.permutations.has(w) ? filters : this.#transposed(filters);
    const inputs = [this.#last(x), tapsFirst, b ? this.#tape.value(b) : undefined] as const;
    const length = inputs[0].shape[1] as number;
    const taps = tapsFirst.shape[1] as number;
    const [axis] = slidingAxes(attributes, [length], [this.#positions(node, inputs)], [taps]);
    return this.#put(node, inputs, convolution(this.#tape.g, inputs, axis!));
  }

  /** Length of the result of a convolution, which the operator's shape rule knows. */
  #positions(node: NodeOf<'Conv'>, inputs: readonly (Value | undefined)[]): number {
    const types = new Map<string, TensorType>();
    inputs.forEach((value, index) => {
      if (value)
        types.set(node.inputs[index]!, { dtype: value.dtype, shape: index < 2 ? exchanged(value) : value.shape });
    });
    const [result] = inferNode(node, { type: (name) => types.get(name), constant: () => undefined });
    return result!.shape[2] as number;
  }

  #batchNormalization(node: NodeOf<'BatchNormalization'>): Value {
    const [x, scale, bias, mean, variance] = node.inputs.map((name, index) =>
      index === 0 ? this.#last(name) : this.#tape.value(name),
    ) as [Value, Value, Value, Value, Value];
    const running = this.#tape.normalizesByBatch ? undefined : { mean, variance };
    const lowered = batchNormalization(this.#tape.g, [x, scale, bias], attributesOf(node), running);
    if (!running) {
      this.#tape.batchStatistics.push(
        { running: mean, batch: lowered.mean },
        { running: variance, batch: lowered.variance },
      );
    }
    return this.#put(node, [x, scale, bias], lowered);
  }

  /** Where an input has its channels last and the others broadcast alike in either form. */
  #elementwise(node: Node & { operator: OperatorName }): Value | undefined {
    if (!node.inputs.some((name) => this.#values.has(name))) return undefined;
    const isScalar = (name: string) => !this.#values.has(name) && this.#tape.value(name).shape.length === 0;
    const fits = (name: string) => this.#values.has(name) || isScalar(name) || isSignal(this.#tape.value(name));
    if (!node.inputs.every(fits)) return undefined;
    const inputs = node.inputs.map((name) => (isScalar(name) ? this.#tape.value(name) : this.#last(name)));
    return this.#append(node, inputs, attributesOf(node));
  }

  #last(name: string): Value {
    const known = this.#values.get(name);
    if (known) return known;
    const value = this.#transposed(this.#tape.value(name));
    this.#values.set(name, value);
    return value;
  }

  #transposed(value: Value): Value {
    const transposition = { operator: 'Transpose', name: '', outputs: [value.name] } as const;
    return this.#append(transposition, [value], { perm: EXCHANGE });
  }

  /** Adds one node, with the gradient of its operator. */
  #append(
    node: Pick<Node, 'name' | 'outputs'> & { readonly operator: OperatorName },
    inputs: readonly Value[],
    attributes: object,
  ): Value {
    const options = { attributes: attributes as never };
    const outputs = this.#tape.g.node(node.operator, inputs as never, options);
    const { operator } = node;
    this.#tape.nodes.push({
      where: describeNode(node),
      operator,
      attributes: attributes as AttributesOf<never>,
      inputs,
      outputs,
    });
    return outputs[0]!;
  }

  #put(node: NodeOf<OperatorName>, inputs: readonly (Value | undefined)[], { y, rule }: Lowered): Value {
    const { operator } = node;
    const attributes = attributesOf(node) as AttributesOf<never>;
    this.#tape.nodes.push({ where: describeNode(node), operator, attributes, inputs, outputs: [y], rule });
    return y;
  }
}

function isOf<K extends OperatorName>(node: Node, operator: K): node is NodeOf<K> {
  return node.operator === operator;
}

function exchanged({ shape }: Value): Shape {
  return EXCHANGE.map((axis) => shape[axis]!);
}

/** Initializers that are filters of one-dimensional convolutions without groups, and nothing else. */
function filtersOf({ nodes, initializers, outputs }: Graph): Set<string> {
  const isFilters = (node: Node, index: number) => isOf(node, 'Conv') && index === 1 && attributesOf(node).group === 1;
  const others = new Set([
    ...outputs.map(({ name }) => name),
    ...nodes.flatMap((node) => node.inputs.filter((_, index) => !isFilters(node, index))),
  ]);
  return new Set(
    initializers.filter(({ name, shape }) => shape.length === 3 && !others.has(name)).map(({ name }) => name),
  );
}

function isSignal({ shape }: Value): boolean {
  return shape.length === 3 && shape.every((size) => typeof size === 'number');
}
