/** Static type and shape inference over a whole graph, and the checks that go with it. */
import { GraphError } from '../graph-error.js';
import {
  describeNode,
  describeType,
  type Graph,
  type Node,
  type Shape,
  type TensorType,
  UNKNOWN_DIMENSION,
  type ValueInfo,
} from '../model.js';
import type { Tensor } from '../tensor.js';
import { inferNode } from './infer-node.js';

/**
 * Infers the type of every value of a graph of opset 21: inputs, initializers and outputs of nodes. Symbolic dimensions
 * (`'N'`) are carried through by name.
 *
 * Checked on the way: every value has one maker, nodes stand in an order in which values are made before they are used,
 * operators are supported and used rightly, and graph outputs are what they are declared to be (a declared symbolic
 * dimension agrees with anything).
 *
 * @throws GraphError that names the node, input, output or initializer at fault
 */
export function inferShapes(graph: Graph): Map<string, TensorType> {
  const types = new Map<string, TensorType>();
  const constants = new Map<string, Tensor>();
  for (const initializer of graph.initializers) {
    const where = `initializer "${initializer.name}"`;
    define(types, initializer.name, { dtype: initializer.dtype, shape: initializer.shape }, where);
    constants.set(initializer.name, initializer);
  }
  for (const input of graph.inputs) {
    // Old files list initializers among the inputs, too.
    if (!constants.has(input.name)) define(types, input.name, declaredType(input), `graph input "${input.name}"`);
  }
  const known = { type: (name: string) => types.get(name), constant: (name: string) => constants.get(name) };
  graph.nodes.forEach((node, index) => {
    checkInputs(graph, node, index, types);
    const outputs = inferNode(node, known);
    node.outputs.forEach((name, position) => {
      if (name !== '') define(types, name, outputs[position]!, describeNode(node));
    });
  });
  checkOutputs(graph, types);
  return types;
}

function define(types: Map<string, TensorType>, name: string, type: TensorType, where: string): void {
  if (name === '') throw new GraphError(where, 'has no name', 'give it one');
  if (types.has(name)) {
    throw new GraphError(
      where,
      `value "${name}" is made a second time`,
      'give every input, initializer and output its own name',
    );
  }
  types.set(name, type);
}

function declaredType({ name, dtype, shape }: ValueInfo): TensorType {
  if (!shape || shape.includes(UNKNOWN_DIMENSION)) {
    throw new GraphError(
      `graph input "${name}"`,
      shape ? `has open dimensions: [${shape.join(', ')}]` : 'has no shape',
      'export the model with a static shape; only the batch may be symbolic, by name',
    );
  }
  return { dtype, shape };
}

function checkInputs(graph: Graph, node: Node, index: number, types: ReadonlyMap<string, TensorType>): void {
  for (const name of node.inputs) {
    if (name === '' || types.has(name)) continue;
    const later = graph.nodes.slice(index).find((other) => other.outputs.includes(name));
    const where = describeNode(node);
    if (later === node) throw new GraphError(where, `reads its own output "${name}"`, 'break the cycle');
    if (later) {
      throw new GraphError(
        where,
        `reads "${name}" before ${describeNode(later)} makes it`,
        'sort the nodes topologically',
      );
    }
    throw new GraphError(
      where,
      `reads "${name}", which nothing makes`,
      'add the input, initializer or node it should be',
    );
  }
}

function checkOutputs(graph: Graph, types: ReadonlyMap<string, TensorType>): void {
  const seen = new Set<string>();
  for (const output of graph.outputs) {
    const where = `graph output "${output.name}"`;
    const type = types.get(output.name);
    if (!type) throw new GraphError(where, 'nothing makes it', 'name the output of a node');
    if (seen.has(output.name)) throw new GraphError(where, 'is there twice', 'list it once');
    seen.add(output.name);
    if (output.dtype !== type.dtype || (output.shape && !agrees(output.shape, type.shape))) {
      const declared = output.shape ? describeType({ dtype: output.dtype, shape: output.shape }) : output.dtype;
      throw new GraphError(where, `is declared ${declared} and is ${describeType(type)}`, 'correct the declaration');
    }
  }
}

function agrees(declared: Shape, inferred: Shape): boolean {
  return (
    declared.length === inferred.length &&
    declared.every(
      (size, axis) => typeof size === 'string' || typeof inferred[axis] === 'string' || size === inferred[axis],
    )
  );
}
