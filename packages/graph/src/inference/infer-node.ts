/** The shape rule of one node, applied to the types of its inputs. */
import { GraphError } from '../graph-error.js';
import { describeNode, type Node, type TensorType } from '../model.js';
import { type AttributesOf, readAttributes } from '../operators/attributes.js';
import { isOperatorName, OPERATOR_NAMES, type OperatorName, type Operators, operators } from '../operators/index.js';
import { MOST_DIMENSIONS, type Operator, OperatorCall } from '../operators/operator.js';
import { suggest } from '../suggest.js';
import type { Tensor } from '../tensor.js';
import { IMPORT_ONLY_OPERATORS, importOnlyHint } from '../upgrade/import-only.js';

/** What inference knows of the values before a node. */
export interface KnownValues {
  /** Type of a value, undefined where it is not known. */
  type(name: string): TensorType | undefined;
  /** Data of a value that is an initializer. */
  constant(name: string): Tensor | undefined;
}

/** A node of the supported subset, its operator name narrowed. */
export interface NodeOf<K extends OperatorName> extends Node {
  readonly operator: K;
}

/**
 * The attributes of a node with defaults filled in, typed by its operator.
 *
 * @throws GraphError for an attribute that is unknown, missing or malformed
 */
export function attributesOf<K extends OperatorName>(node: NodeOf<K>): AttributesOf<Operators[K]['attributes']> {
  return readAttributes(operators[node.operator].attributes, node);
}

/** Whether a node is one of ONNX's own operators in the supported subset. */
export function isSupported(node: Node): node is NodeOf<OperatorName> {
  return node.domain === undefined && isOperatorName(node.operator);
}

/**
 * Types of a node's outputs, in order.
 *
 * @throws GraphError that names the node: an unsupported operator, a wrong number of inputs or outputs, an attribute, or
 * types that do not go together
 */
export function inferNode(node: Node, known: KnownValues): readonly TensorType[] {
  const where = describeNode(node);
  if (!isSupported(node)) {
    throw new GraphError(
      where,
      node.domain === undefined ? 'is not a supported operator' : `is an operator of ${node.domain}, not of ONNX`,
      IMPORT_ONLY_OPERATORS.has(node.operator) ? importOnlyHint : suggest(node.operator, OPERATOR_NAMES),
    );
  }
  const definition: Operator = operators[node.operator];
  checkArity(definition, node, where);
  const types = node.inputs.map((name) => (name === '' ? undefined : known.type(name)));
  for (const type of types) {
    if (type !== undefined && type.shape.length > MOST_DIMENSIONS) {
      throw new GraphError(
        where,
        `reads a value of ${type.shape.length} dimensions`,
        `${MOST_DIMENSIONS} are the most`,
      );
    }
  }
  const constants = node.inputs.map((name) => (name === '' ? undefined : known.constant(name)));
  const call = new OperatorCall<never>(
    where,
    definition.inputs,
    readAttributes(definition.attributes, node) as never,
    types,
    constants,
    node.outputs.length,
  );
  return definition.infer(call);
}

function checkArity(definition: Operator, node: Node, where: string): void {
  checkCount(node.inputs.length, definition.inputs, 'inputs', where);
  checkCount(node.outputs.length, definition.outputs, 'outputs', where);
  const missing = definition.inputs.findIndex((formal, index) => !formal.endsWith('?') && node.inputs[index] === '');
  if (missing >= 0) {
    throw new GraphError(where, `input ${missing} (${definition.inputs[missing]}) is left out`, 'it must be connected');
  }
  if (definition.inputs.at(-1)?.endsWith('...') && node.inputs.includes('')) {
    throw new GraphError(where, 'an input is left out', 'connect each of them');
  }
}

function checkCount(count: number, formals: readonly string[], what: string, where: string): void {
  const least = formals.filter((formal) => !formal.endsWith('?')).length;
  const most = formals.at(-1)?.endsWith('...') ? Number.POSITIVE_INFINITY : formals.length;
  if (count < least || count > most) {
    throw new GraphError(where, `has ${count} ${what}`, `its ${what} are ${formals.join(', ')} (? may be left out)`);
  }
}
