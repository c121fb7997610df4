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
import type { AttributesOf, TapeNode } from './gradient.js';
import { gradients } from './gradients/index.js';

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
}

/** A graph under construction, the nodes it began with in order, and its values by the names of the original graph. */
export class Tape {
  readonly g: GraphBuilder;
  readonly nodes: TapeNode[] = [];
  readonly #values = new Map<string, Value>();
  readonly #constants = new Map<Value, Tensor>();
  readonly #options: TapeOptions;

  /**
   * @throws AutodiffError for a node outside the supported subset; GraphError where the sizes given do not fit.
   */
  constructor(graph: Graph, options: TapeOptions = {}) {
    this.g = new GraphBuilder(graph.name);
    this.#options = options;
    const initializers = new Set(graph.initializers.map(({ name }) => name));
    for (const { name, dtype, shape } of graph.inputs) {
      if (initializers.has(name)) continue;
      if (!shape) throw new AutodiffError(`graph input "${name}"`, 'has no shape', 'declare one');
      this.#values.set(name, this.g.input(name, dtype, this.#sized(shape)));
    }
    for (const tensor of graph.initializers) this.#addInitializer(tensor);
    for (const node of graph.nodes) this.#replay(node);
  }

  /** A value of the original graph by its name there. */
  value(name: string): Value {
    const value = this.#values.get(name);
    if (value) return value;
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
      this.#values.set(tensor.name, this.g.input(tensor.name, tensor.dtype, tensor.shape));
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
    const inputs = node.inputs.map((name) => (name === '' ? undefined : this.value(name)));
    const asked = node.outputs.length;
    const isBatchNormalization = node.operator === 'BatchNormalization' && this.#options.training === true;
    const wanted = this.#options.training ? (gradients[node.operator].outputs ?? 0) : 0;
    const attributes = {
      ...(attributesOf(node) as object),
      // With momentum 0 the "running" statistics that come out are those of the batch alone.
      ...(isBatchNormalization ? { training_mode: true, momentum: 0 } : {}),
    };
    const outputs = this.#append(node, inputs, attributes, isBatchNormalization ? 3 : Math.max(asked, wanted));
    node.outputs.forEach((name, index) => {
      if (name !== '') this.#values.set(name, outputs[index]!);
    });
    this.nodes.push({
      where,
      operator: node.operator,
      attributes: attributes as AttributesOf<never>,
      inputs,
      outputs,
    });
  }

  #append(
    node: Node & { operator: OperatorName },
    inputs: readonly (Value | undefined)[],
    attributes: object,
    outputs: number,
  ): Value[] {
    // The name of the first output is kept where it is free, so that the training graph reads like the model.
    const name = node.outputs[0];
    return this.g.node(node.operator, inputs as never, {
      ...(name ? { name } : {}),
      outputs,
      attributes: attributes as never,
    });
  }
}
