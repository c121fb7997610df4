/** How rewrite rules write nodes, attributes and constants. */
import {
  type Attribute,
  type AttributesOf,
  attributesOf,
  type InferenceOperatorName,
  type Node,
  type NodeOf,
  type OperatorName,
  type Operators,
  type Tensor,
  tensor,
} from '@edgebeat/graph';

export const ints = (...value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const int = (value: number): Attribute => ({ kind: 'int', value });
export const float = (value: number): Attribute => ({ kind: 'float', value: Math.fround(value) });
export const text = (value: string): Attribute => ({ kind: 'string', value });

/** A node of one output. */
export function node(
  operator: InferenceOperatorName,
  name: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): Node {
  return { operator, name, inputs, outputs: [output], attributes: new Map(Object.entries(attributes)) };
}

/** The attributes of a node of this operator, defaults filled in; undefined for any other node. */
export function attributesIf<K extends OperatorName>(
  one: Node | undefined,
  operator: K,
): AttributesOf<Operators[K]['attributes']> | undefined {
  return one !== undefined && one.domain === undefined && one.operator === operator
    ? attributesOf(one as NodeOf<K>)
    : undefined;
}

/** What a node is called, be it by its first output. */
export function nameOf({ name, outputs }: Node): string {
  return name || (outputs[0] ?? '');
}

/** A float32 initializer; each number is rounded once. */
export function floats(name: string, shape: readonly number[], values: ArrayLike<number>): Tensor {
  return tensor(name, 'float32', shape, Float32Array.from(values));
}

/** An int64 initializer of one dimension. */
export function integers(name: string, values: readonly number[]): Tensor {
  return tensor(name, 'int64', [values.length], values);
}
