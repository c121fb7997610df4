/** What a rewrite may ask about the graph, and the initializers it adds. */
import type { DataType } from '../data-type.js';
import { GraphError } from '../graph-error.js';
import { inferNode } from '../inference/infer-node.js';
import {
  type AttributeKinds,
  describeNode,
  type Graph,
  type Node,
  type TensorType,
  UNKNOWN_DIMENSION,
} from '../model.js';
import { type Tensor, tensor } from '../tensor.js';
import { type KnownShapes, shapeValueOf } from './evaluate-shape.js';
import type { ShapeValue } from './shape-value.js';

/** Follows the nodes of a graph in order: knows the types of the values made so far, as far as they can be inferred. */
export class UpgradeContext implements KnownShapes {
  readonly #types = new Map<string, TensorType>();
  readonly #constants = new Map<string, Tensor>();
  readonly #shapes = new Map<string, ShapeValue>();
  readonly #taken: Set<string>;
  #counter = 0;

  constructor(graph: Graph) {
    this.#taken = new Set(graph.nodes.flatMap((node) => [...node.inputs, ...node.outputs]));
    for (const { name, dtype, shape } of graph.inputs) {
      this.#taken.add(name);
      if (shape && !shape.includes(UNKNOWN_DIMENSION)) this.#types.set(name, { dtype, shape });
    }
    for (const initializer of graph.initializers) this.addInitializer(initializer);
  }

  /** All initializers: those of the graph, then those added. */
  get initializers(): Tensor[] {
    return [...this.#constants.values()];
  }

  type(name: string): TensorType | undefined {
    return this.#types.get(name);
  }

  constant(name: string): Tensor | undefined {
    return this.#constants.get(name);
  }

  shapeValue(name: string): ShapeValue | undefined {
    const constant = this.#constants.get(name);
    return this.#shapes.get(name) ?? (constant && shapeValueOf(constant));
  }

  /** Notes the elements of a value that is computed from shapes. */
  noteShape(name: string, value: ShapeValue): void {
    this.#shapes.set(name, value);
    this.noteType(name, value);
  }

  /** Notes the type of a value that no shape rule gives. */
  noteType(name: string, { dtype, shape }: TensorType): void {
    this.#types.set(name, { dtype, shape });
  }

  /** @throws GraphError where the name is that of another initializer */
  addInitializer(initializer: Tensor): void {
    if (this.#constants.has(initializer.name)) {
      throw new GraphError(`initializer "${initializer.name}"`, 'is there twice', 'give each its own name');
    }
    this.#taken.add(initializer.name);
    this.#constants.set(initializer.name, initializer);
    this.#types.set(initializer.name, initializer);
  }

  /** Adds an initializer under a free name made from the node's first output; gives the name. */
  addConstant(node: Node, what: string, dtype: DataType, shape: readonly number[], values: readonly number[]): string {
    const name = this.freeName(node, what);
    this.addInitializer(tensor(name, dtype, shape, values));
    return name;
  }

  /** A name that no value has, made from the node's first output, and taken from now on. */
  freeName(node: Node, what: string): string {
    let name = `${node.outputs[0]}.${what}`;
    while (this.#taken.has(name)) name = `${node.outputs[0]}.${what}_${this.#counter++}`;
    this.#taken.add(name);
    return name;
  }

  /** Notes the types of the outputs of an upgraded node, where they can be inferred. */
  pass(node: Node): void {
    if (node.inputs.some((name) => name !== '' && !this.#types.has(name))) return;
    try {
      const types = inferNode(node, this);
      node.outputs.forEach((name, index) => {
        if (name !== '') this.#types.set(name, types[index]!);
      });
    } catch (error) {
      // Upgrading asks only for what its rewrites need; inferShapes reports everything else.
      if (!(error instanceof GraphError)) throw error;
    }
  }
}

/**
 * The value of attribute `name`, undefined where the node has none.
 *
 * @throws GraphError where it is of another kind
 */
export function attributeValue<K extends keyof AttributeKinds>(
  node: Node,
  name: string,
  kind: K,
): AttributeKinds[K] | undefined {
  const attribute = node.attributes.get(name);
  if (!attribute) return undefined;
  if (attribute.kind !== kind) {
    const where = describeNode(node);
    throw new GraphError(where, `attribute ${name} is of kind ${attribute.kind}`, `the standard has it as ${kind}`);
  }
  return attribute.value as AttributeKinds[K];
}
