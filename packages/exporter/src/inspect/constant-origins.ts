/** Values of a graph that are known before it runs. */
import type { Graph, Node, Tensor } from '@edgebeat/graph';

/** From which initializers each constant follows, directly or by nodes that read nothing else. */
export class ConstantOrigins {
  readonly #origins: Map<string, readonly Tensor[]>;

  constructor({ initializers, nodes }: Graph) {
    this.#origins = new Map(initializers.map((initializer) => [initializer.name, [initializer]]));
    for (const node of nodes) {
      if (!this.isConstant(node)) continue;
      const origins = this.behind(node);
      for (const output of node.outputs) this.#origins.set(output, origins);
    }
  }

  has(value: string): boolean {
    return this.#origins.has(value);
  }

  /** Whether a node computes a constant. */
  isConstant({ inputs }: Node): boolean {
    return inputs.every((name) => name === '' || this.#origins.has(name));
  }

  /** The initializers that a node reads, directly or as what was computed from them. */
  behind({ inputs }: Node): Tensor[] {
    return [...new Set(inputs.flatMap((name) => this.#origins.get(name) ?? []))];
  }
}
