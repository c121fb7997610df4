/** Constant nodes as initializers: two ways of saying the same thing, of which the supported subset has one. */
import { GraphError } from '../graph-error.js';
import { describeNode, type Node } from '../model.js';
import { type Tensor, tensor } from '../tensor.js';

/**
 * The initializer that a Constant node stands for.
 *
 * @throws GraphError where it has no value, or one of an unsupported kind
 */
export function initializerOf(node: Node): Tensor {
  const where = describeNode(node);
  const name = node.outputs[0] ?? '';
  const [entry] = node.attributes;
  if (node.attributes.size !== 1 || !entry) {
    throw new GraphError(where, `has ${node.attributes.size} values`, 'a Constant has exactly one');
  }
  const [attributeName, attribute] = entry;
  switch (attribute.kind) {
    case 'tensor':
      return { ...attribute.value, name };
    case 'float':
      return tensor(name, 'float32', [], [attribute.value]);
    case 'floats':
      return tensor(name, 'float32', [attribute.value.length], attribute.value);
    case 'int':
      return tensor(name, 'int64', [], [attribute.value]);
    case 'ints':
      return tensor(name, 'int64', [attribute.value.length], attribute.value);
    default:
      throw new GraphError(where, `attribute ${attributeName} is text`, 'export a model whose values are all numbers');
  }
}
