/** What a rewrite rule is: a pattern that begins at one node, and what stands in its place. */
import type { Node, Tensor } from '@edgebeat/graph';
import type { GraphView } from './graph-view.js';

/** What a match makes of the graph. Every value that stays keeps its meaning; names of outputs are never lost. */
export interface Replacement {
  readonly remove: readonly Node[];
  /** They take the place of the last node removed. */
  readonly add?: readonly Node[];
  /** Nodes that others stand in for, each where it was: of a pattern whose nodes have others between them that read them. */
  readonly inPlace?: ReadonlyMap<Node, readonly Node[]>;
  readonly initializers?: readonly Tensor[];
  /** Values that go by another name. */
  readonly rename?: ReadonlyMap<string, string>;
}

export interface Rule {
  readonly name: string;
  /** What becomes of the pattern that `node` belongs to; undefined where there is none. */
  match(node: Node, view: GraphView): Replacement | undefined;
}
