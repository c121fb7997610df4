/** Applies one rule to a graph until it matches nothing more. */
import type { Graph, Node, Tensor } from '@edgebeat/graph';
import { withoutDeadNodes } from './eliminate-dead-nodes.js';
import { type GraphView, viewOf } from './graph-view.js';
import type { Replacement, Rule } from './rule.js';

/** The graph that is left, without dead nodes, and the nodes at which the rule matched, in order. */
export function applyRule(rule: Rule, graph: Graph): { readonly graph: Graph; readonly matched: readonly Node[] } {
  const matched: Node[] = [];
  let current = graph;
  for (;;) {
    const sweep = new Sweep(viewOf(current));
    const found = current.nodes.filter((node) => sweep.take(node, rule));
    if (found.length === 0) return { graph: current, matched };
    matched.push(...found);
    current = withoutDeadNodes(sweep.result());
  }
}

/** Matches of one look at the graph, as far as none of them touches what another one changes. */
class Sweep {
  readonly #view: GraphView;
  readonly #removed = new Set<Node>();
  readonly #added = new Map<Node, readonly Node[]>();
  readonly #initializers: Tensor[] = [];
  readonly #renamed = new Map<string, string>();
  /** Values that the nodes added read, and those that are gone. */
  readonly #read = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(view: GraphView) {
    this.#view = view;
  }

  /** Whether the rule matches at a node, and goes with what was taken before. */
  take(node: Node, rule: Rule): boolean {
    if (this.#removed.has(node)) return false;
    const replacement = rule.match(node, this.#view);
    if (!replacement || !this.#fits(replacement)) return false;
    const { remove, add = [], inPlace = new Map(), initializers = [], rename = new Map() } = replacement;
    for (const one of removedBy(replacement)) this.#removed.add(one);
    for (const [one, others] of inPlace) this.#added.set(one, others);
    if (add.length > 0) this.#added.set(this.#view.last(remove), add);
    this.#initializers.push(...initializers);
    for (const [from, to] of rename) {
      this.#renamed.set(from, to);
      this.#read.add(to);
    }
    for (const name of addedBy(replacement).flatMap(({ inputs }) => inputs)) this.#read.add(name);
    for (const name of goneBy(replacement)) this.#gone.add(name);
    return true;
  }

  #fits(replacement: Replacement): boolean {
    const { rename = new Map<string, string>() } = replacement;
    if (removedBy(replacement).some((node) => this.#removed.has(node))) return false;
    if (goneBy(replacement).some((name) => this.#read.has(name))) return false;
    if ([...rename].some(([from, to]) => this.#renamed.has(from) || this.#gone.has(to) || this.#renamed.has(to)))
      return false;
    return !addedBy(replacement).some(({ inputs }) => inputs.some((name) => this.#gone.has(name)));
  }

  result(): Graph {
    const { graph } = this.#view;
    const named = (name: string): string => {
      const other = this.#renamed.get(name);
      return other === undefined ? name : named(other);
    };
    const nodes = graph.nodes
      .flatMap((node) => this.#added.get(node) ?? (this.#removed.has(node) ? [] : [node]))
      .map((node) => ({ ...node, inputs: node.inputs.map(named), outputs: node.outputs.map(named) }));
    return { ...graph, nodes, initializers: [...graph.initializers, ...this.#initializers] };
  }
}

function removedBy({ remove, inPlace = new Map() }: Replacement): readonly Node[] {
  return [...remove, ...inPlace.keys()];
}

function addedBy({ add = [], inPlace = new Map() }: Replacement): readonly Node[] {
  return [...add, ...[...inPlace.values()].flat()];
}

/** Values that nothing makes after a replacement. */
function goneBy(replacement: Replacement): string[] {
  const { rename = new Map() } = replacement;
  const made = new Set(addedBy(replacement).flatMap(({ outputs }) => outputs));
  return removedBy(replacement)
    .flatMap(({ outputs }) => outputs)
    .filter((name) => name !== '' && !made.has(name) && !rename.has(name));
}
