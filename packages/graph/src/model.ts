/** The in-memory graph model: what `decodeModel` gives and `encodeModel` takes. Plain data, nothing is ever changed in place. */
import type { UnknownField } from '@bufbuild/protobuf';
import type { DataType } from './data-type.js';
import type { Tensor } from './tensor.js';

/** What a message carries besides its meaning; decoding keeps it and encoding writes it back. */
export interface Annotated {
  /** Documentation string. */
  readonly doc?: string;
  /** Protobuf fields this codec does not know, byte for byte. */
  readonly unknown?: readonly UnknownField[];
}

/**
 * One dimension of a shape: a size, or the name of a symbolic one (`'N'`, the batch). `'?'` stands for a dimension that a
 * file leaves open; shape inference never gives one.
 */
export type Dimension = number | string;

/** The name of a dimension that a file leaves open. */
export const UNKNOWN_DIMENSION = '?';

export type Shape = readonly Dimension[];

/** Element type and shape of a value. */
export interface TensorType {
  readonly dtype: DataType;
  readonly shape: Shape;
}

/** Name, element type and declared shape of a graph input, output or inner value; no shape where even the rank is open. */
export interface ValueInfo extends Annotated {
  readonly name: string;
  readonly dtype: DataType;
  readonly shape?: Shape;
}

/**
 * The kinds of attribute values in ONNX. `int` values are whole numbers within ±(2^53 − 1), `float` values are float32
 * (encoding rounds to it), strings are UTF-8.
 */
export interface AttributeKinds {
  float: number;
  int: number;
  string: string;
  tensor: Tensor;
  floats: readonly number[];
  ints: readonly number[];
  strings: readonly string[];
}

/** The value of a node attribute; `kind` tells its type. */
export type AttributeValue = {
  [K in keyof AttributeKinds]: { readonly kind: K; readonly value: AttributeKinds[K] };
}[keyof AttributeKinds];

export type Attribute = AttributeValue & Annotated;

/** One operator call. An empty string among inputs or outputs stands for an optional one left out. */
export interface Node extends Annotated {
  /** ONNX operator name: `Conv`, `MatMul`, … */
  readonly operator: string;
  /** Operator set of another publisher, `com.microsoft` for one; absent for ONNX's own. */
  readonly domain?: string;
  /** May be empty. */
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A dataflow graph: nodes in an order in which every value is made before it is used. */
export interface Graph extends Annotated {
  readonly name: string;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly nodes: readonly Node[];
  readonly initializers: readonly Tensor[];
  /** Declared types of inner values; optional, and never relied upon. */
  readonly valueInfo: readonly ValueInfo[];
}

/** One ONNX file. */
export interface Model extends Annotated {
  readonly irVersion: number;
  /** Version of ONNX's own operator set. */
  readonly opset: number;
  /** Versions of other publishers' operator sets, by domain. */
  readonly otherOpsets?: ReadonlyMap<string, number>;
  readonly producer: { readonly name: string; readonly version: string };
  readonly metadata: ReadonlyMap<string, string>;
  readonly graph: Graph;
}

/** How errors name a node: by its name, or by its first output where it has none. */
export function describeNode(node: Pick<Node, 'name' | 'operator' | 'outputs'>): string {
  const name = node.name || node.outputs.find((output) => output !== '');
  return `node "${name ?? ''}" (${node.operator})`;
}

/** `float32[N, 3, 300]`: how messages write a type. */
export function describeType(type: TensorType): string {
  return `${type.dtype}[${type.shape.join(', ')}]`;
}
