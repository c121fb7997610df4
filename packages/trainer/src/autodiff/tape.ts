/** Replays a graph into a builder and remembers every node, so that the gradients can be added behind it. */
import {
  attributesOf,
  describeNode,
  type Graph,
  GraphBuilder,
  isSupported,
  type Node,
  type OperatorName,
  type Shape,
  type Tensor,
  type Value,
} from '@edgebeat/graph';
import { AutodiffError } from './autodiff-error.js';
import { requireFixedSizes } from './fixed-sizes.js';
import type { AttributesOf, Gradient, TapeNode } from './gradient.js';
import { gradients } from './gradients/index.js';
import { scratchStatistics } from './scratch-statistics.js';

export interface TapeOptions {
  /** Sizes of symbolic dimensions: `{ N: 64 }`. */
  readonly sizes?: Readonly<Record<string, number>>;
  /**
   * Initializers that become graph inputs of the same name: what training changes. Their data are left out of the graph.
   */
  readonly asInputs?: ReadonlySet<string>;
  /**
   * For training: nodes get the outputs that their gradients want, and BatchNormalization takes its statistics from the batch
   * and gives them out (outputs 1 and 2: mean and population variance of the batch).
   */
  readonly training?: boolean;
  /** For training: BatchNormalization keeps to its running statistics, as in use. */
  readonly keepsStatistics?: boolean;
  /** For training: what replays some of the nodes in a form of its own. */
  readonly lowering?: (tape: Tape, graph: Graph) => Lowering;
}

/** Replays nodes in another form than the graph has them, for speed. */
export interface Lowering {
  /** Replays a node and puts it on the tape; false, and nothing is done, for one that is to be replayed as it is. */
  replay(node: Node & { operator: OperatorName }): boolean;
  /** The order of dimensions in which a parameter of the options' `asInputs` comes in; undefined for that of the graph. */
  permutationOf(parameter: Tensor): readonly number[] | undefined;
  /** A value that has been replayed in another form, in the form that the graph has it; undefined for any other. */
  restored(name: string): Value | undefined;
}

/** A running statistic of a normalization beside that of the batch. */
export interface BatchStatistic {
  readonly running: Value;
  readonly batch: Value;
}

/** A graph under construction, the nodes it began with in order, and its values by the names of the original graph. */
export class Tape {
  readonly g: GraphBuilder;
  readonly nodes: TapeNode[] = [];
  /** Whether BatchNormalization takes its statistics from the batch. */
  readonly normalizesByBatch: boolean;
  /** Means and population variances of the batch, where it does. */
  readonly batchStatistics: BatchStatistic[] = [];
  /** Orders of dimensions of the parameters that do not come in as the graph has them, by name. */
  readonly permutations = new Map<string, readonly number[]>();
  readonly #values = new Map<string, Value>();
  readonly #constants = new Map<Value, Tensor>();
  readonly #options: TapeOptions;
  readonly #lowering: Lowering | undefined;
  /** Names that are taken or will be. */
  readonly #names: Set<string>;

  /**
   * @throws AutodiffError for a node outside the supported subset; GraphError where the sizes given do not fit.
   */
  constructor(graph: Graph, options: TapeOptions = {}) {
    this.g = new GraphBuilder(graph.name);
    this.#options = options;
    this.normalizesByBatch = options.training === true && !options.keepsStatistics;
    const initializers = new Set(graph.initializers.map(({ name }) => name));
    const declared = [...graph.inputs, ...graph.initializers].map(({ name }) => name);
    this.#names = new Set([...declared, ...graph.nodes.flatMap(({ outputs }) => outputs)]);
    this.g.reserve(this.#names);
    this.#lowering = options.training ? options.lowering?.(this, graph) : undefined;
    for (const { name, dtype, shape } of graph.inputs) {
      if (initializers.has(name)) continue;
      if (!shape) throw new AutodiffError(`graph input "${name}"`, 'has no shape', 'declare one');
      this.#values.set(name, this.g.input(name, dtype, this.#sized(shape)));
    }
    for (const tensor of graph.initializers) this.#addInitializer(tensor);
    for (const node of graph.nodes) this.#replay(node);
  }

  /** A value of the original graph by its name there; see `permutations` for the form of parameters. */
  value(name: string): Value {
    const value = this.#values.get(name) ?? this.#lowering?.restored(name);
    if (value) {
      this.#values.set(name, value);
      return value;
    }
    throw new AutodiffError(`value "${name}"`, 'is not in the graph', 'check the name');
  }

  /** The data of a value that is a constant of the original graph. */
  constant(value: Value): Tensor | undefined {
    return this.#constants.get(value);
  }

  #sized(shape: Shape): Shape {
    return shape.map((size) => (typeof size === 'string' ? (this.#options.sizes?.[size] ?? size) : size));
  }

  #addInitializer(tensor: Tensor): void {
    if (this.#options.asInputs?.has(tensor.name)) {
      const permutation = this.#lowering?.permutationOf(tensor);
      if (permutation) this.permutations.set(tensor.name, permutation);
      const shape = permutation?.map((axis) => tensor.shape[axis]!) ?? tensor.shape;
      this.#values.set(tensor.name, this.g.input(tensor.name, tensor.dtype, shape));
      return;
    }
    const value = this.g.constant(tensor);
    this.#values.set(tensor.name, value);
    this.#constants.set(value, tensor);
  }

  #replay(node: Node): void {
    const where = describeNode(node);
    if (!isSupported(node)) {
      throw new AutodiffError(where, 'is not of the supported operators', 'express it by ONNX operators of the subset');
    }
    if (this.#lowering?.replay(node)) return;
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.value(name)));
    const asked = node.outputs.length;
    const isBatchNormalization = node.operator === 'BatchNormalization' && this.normalizesByBatch;
    const wanted = this.#options.training ? (gradients[node.operator].outputs ?? 0) : 0;
    const attributes = {
      ...(attributesOf(node) as object),
      // With momentum 0 the "running" statistics that come out are those of the batch alone.
      ...(isBatchNormalization ? { training_mode: true, momentum: 0 } : {}),
    };
    const fed = isBatchNormalization ? [...inputs.slice(0, 3), ...this.#scratchStatistics(where, inputs)] : inputs;
    const outputs =
      this.#inPieces(node, fed, attributes) ??
      this.#append(node, fed, attributes, isBatchNormalization ? 3 : Math.max(asked, wanted));
    node.outputs.forEach((name, index) => {
      if (name !== '') this.#values.set(name, outputs[index]!);
    });
    if (isBatchNormalization) {
      this.batchStatistics.push(
        { running: inputs[3]!, batch: outputs[1]! },
        { running: inputs[4]!, batch: outputs[2]! },
      );
    }
    this.nodes.push({
      where,
      operator: node.operator,
      attributes: attributes as AttributesOf<never>,
      inputs,
      outputs,
    });
  }

  #scratchStatistics(where: string, [x]: readonly (Value | undefined)[]): Value[] {
    requireFixedSizes(where, [x]);
    const number = this.nodes.length;
    let stem = `statistics_${number}`;
    while ([...this.#names].some((name) => name.startsWith(stem))) stem += '_';
    return scratchStatistics(this.g, x!, number, stem);
  }

  /** A node that its gradient rule wants computed otherwise; undefined for any other, and outside training. */
  #inPieces(
    node: Node & { operator: OperatorName },
    inputs: readonly (Value | undefined)[],
    attributes: object,
  ): readonly Value[] | undefined {
    if (!this.#options.training) return undefined;
    const { forward } = gradients[node.operator] as Gradient<never>;
    return forward?.(this.g, inputs, attributes as AttributesOf<never>, this.#nameOf(node, 1));
  }

  #append(
    node: Node & { operator: OperatorName },
    inputs: readonly (Value | undefined)[],
    attributes: object,
    outputs: number,
  ): Value[] {
    return this.g.node(node.operator, inputs as never, {
      name: this.#nameOf(node, outputs),
      outputs,
      attributes: attributes as never,
    });
  }

  /**
   * The name of the first output, so that the training graph reads like the model; another where the names that the builder
   * makes of it for further outputs are those of other values.
   */
  #nameOf({ operator, outputs: own }: Node, count: number): string {
    const furtherOf = (name: string) => Array.from({ length: count - 1 }, (_, index) => `${name}.${index + 1}`);
    const isFree = (name: string) => own.includes(name) || !this.#names.has(name);
    let name = own[0] || operator;
    while (![name, ...furtherOf(name)].every(isFree)) name += '_';
    for (const taken of [name, ...furtherOf(name)]) this.#names.add(taken);
    return name;
  }
}
