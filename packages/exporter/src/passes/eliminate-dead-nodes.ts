/** Nodes and initializers that no output of the graph depends on. */
import type { Graph } from '@edgebeat/graph';

/** The graph without them, itself where there are none. Inputs of the graph stay, read or not. */
export function withoutDeadNodes(graph: Graph): Graph {
  const needed = new Set(graph.outputs.map(({ name }) => name));
  const alive = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((name) => needed.has(name))) return false;
    for (const name of node.inputs) needed.add(name);
    return true;
  });
  const initializers = graph.initializers.filter(({ name }) => needed.has(name));
  const changed = alive.length < graph.nodes.length || initializers.length < graph.initializers.length;
  return changed ? { ...graph, nodes: alive.reverse(), initializers } : graph;
}
