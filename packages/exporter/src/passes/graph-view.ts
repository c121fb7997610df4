/** What rewrite rules ask about a graph: makers, readers, types and constants of its values. */
import {
  type Graph,
  inferShapes,
  type Node,
  type Shape,
  type Tensor,
  type TensorOf,
  type TensorType,
} from '@edgebeat/graph';

/** Views of graphs that several rules look at. */
const views = new WeakMap<Graph, GraphView>();

/** The view of a graph, made once. @throws GraphError for a graph that `inferShapes` refuses */
export function viewOf(graph: Graph): GraphView {
  const view = views.get(graph) ?? new GraphView(graph);
  views.set(graph, view);
  return view;
}

/** An index of one graph, which never changes. */
export class GraphView {
  readonly graph: Graph;
  readonly #types: ReadonlyMap<string, TensorType>;
  readonly #makers = new Map<string, Node>();
  readonly #readers = new Map<string, Node[]>();
  readonly #constants: ReadonlyMap<string, Tensor>;
  readonly #outputs: ReadonlySet<string>;
  readonly #taken = new Map<string, number>();
  readonly #positions = new Map<Node, number>();

  /** @throws GraphError for a graph that `inferShapes` refuses */
  constructor(graph: Graph) {
    this.graph = graph;
    this.#types = inferShapes(graph);
    this.#constants = new Map(graph.initializers.map((one) => [one.name, one]));
    this.#outputs = new Set(graph.outputs.map(({ name }) => name));
    for (const [position, node] of graph.nodes.entries()) {
      this.#positions.set(node, position);
      for (const name of node.outputs) this.#makers.set(name, node);
      for (const name of node.inputs) {
        const readers = this.#readers.get(name);
        if (readers) readers.push(node);
        else this.#readers.set(name, [node]);
      }
    }
  }

  type(name: string | undefined): TensorType | undefined {
    return name === undefined ? undefined : this.#types.get(name);
  }

  shape(name: string | undefined): Shape | undefined {
    return this.type(name)?.shape;
  }

  /** The node of one of the `operators` that makes a value. */
  maker(name: string | undefined, ...operators: readonly string[]): Node | undefined {
    const node = name === undefined ? undefined : this.#makers.get(name);
    return node && (operators.length === 0 || operators.includes(node.operator)) ? node : undefined;
  }

  /** The one node, of one of the `operators`, that reads a value once, where the value is no output of the graph. */
  onlyReader(name: string | undefined, ...operators: readonly string[]): Node | undefined {
    const readers = name === undefined ? [] : (this.#readers.get(name) ?? []);
    if (readers.length !== 1 || this.isOutput(name!)) return undefined;
    return operators.length === 0 || operators.includes(readers[0]!.operator) ? readers[0] : undefined;
  }

  /** The nodes that read a value, once for each time. */
  readers(name: string): readonly Node[] {
    return this.#readers.get(name) ?? [];
  }

  isOutput(name: string): boolean {
    return this.#outputs.has(name);
  }

  /** An initializer. */
  constant(name: string | undefined): Tensor | undefined {
    return name === undefined ? undefined : this.#constants.get(name);
  }

  /** An initializer of float32. */
  floats(name: string | undefined): TensorOf<'float32'> | undefined {
    const constant = this.constant(name);
    return constant?.dtype === 'float32' ? constant : undefined;
  }

  /** The one element of a float32 initializer. */
  scalar(name: string | undefined): number | undefined {
    const constant = this.floats(name);
    return constant?.data.length === 1 ? constant.data[0] : undefined;
  }

  /** Of a node with two inputs: the one that is computed, and the float32 initializer that is the other. */
  operands(
    node: Node,
  ): { readonly value: string; readonly constant: TensorOf<'float32'>; readonly position: 0 | 1 } | undefined {
    const [a = '', b = ''] = node.inputs;
    const [left, right] = [this.floats(a), this.floats(b)];
    if (right && !left) return { value: a, constant: right, position: 1 };
    if (left && !right) return { value: b, constant: left, position: 0 };
    return undefined;
  }

  /** The one of several nodes that stands behind the others. */
  last(nodes: readonly Node[]): Node {
    const position = (node: Node) => this.#positions.get(node) ?? -1;
    return nodes.reduce((later, node) => (position(node) > position(later) ? node : later));
  }

  /** A name that no value of the graph has, the same again only after the graph has changed. */
  freeName(stem: string): string {
    let count = this.#taken.get(stem) ?? 0;
    let name = count === 0 ? stem : `${stem}_${count}`;
    while (this.#types.has(name) || this.#taken.has(name)) name = `${stem}_${++count}`;
    this.#taken.set(stem, count + 1);
    if (name !== stem) this.#taken.set(name, 1);
    return name;
  }

  /**
   * The renaming that says that `value` is the same as `other`: readers take the other one, or, where `value` is an output of
   * the graph, the other one takes its name. Undefined where both must keep their names.
   */
  renaming(value: string, other: string): ReadonlyMap<string, string> | undefined {
    if (!this.isOutput(value)) return new Map([[value, other]]);
    return this.maker(other) && !this.isOutput(other) ? new Map([[other, value]]) : undefined;
  }
}
