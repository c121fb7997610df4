/** One ONNX node as its lowering sees it: types and constants of its inputs, and the means to write TensorFlow nodes. */
import {
  type AttributesOf,
  describeNode,
  integersOf,
  type NodeOf,
  type OperatorName,
  type Operators,
  type Shape,
  type Tensor,
  type TensorType,
} from '@edgebeat/graph';
import { ExportError } from '../../export-error.js';
import type { GraphWriter } from './graph-writer.js';
import type { Attrs } from './node-def.js';
import { openSizes, type ValueTable } from './value-table.js';

export class LoweringCall<K extends OperatorName = OperatorName> {
  readonly node: NodeOf<K>;
  readonly attributes: AttributesOf<Operators[K]['attributes']>;
  readonly writer: GraphWriter;
  readonly #values: ValueTable;

  constructor(
    node: NodeOf<K>,
    attributes: AttributesOf<Operators[K]['attributes']>,
    writer: GraphWriter,
    values: ValueTable,
  ) {
    this.node = node;
    this.attributes = attributes;
    this.writer = writer;
    this.#values = values;
  }

  /** @throws ExportError always: the node, the reason, and what is supported */
  refuse(reason: string, supported: string): never {
    throw new ExportError(`${describeNode(this.node)}: ${reason}`, supported);
  }

  get inputCount(): number {
    return this.node.inputs.length;
  }

  has(index: number): boolean {
    return (this.node.inputs[index] ?? '') !== '';
  }

  type(index: number): TensorType {
    return this.#values.type(this.node.inputs[index]!);
  }

  shape(index: number): Shape {
    return this.type(index).shape;
  }

  outputType(index = 0): TensorType {
    return this.#values.type(this.node.outputs[index]!);
  }

  outputShape(index = 0): Shape {
    return this.outputType(index).shape;
  }

  /** A dimension whose size is known: any but the batch. */
  size(index: number, axis: number): number {
    const size = this.shape(index)[axis]!;
    if (typeof size === 'number') return size;
    return this.refuse(`dimension ${axis} of input ${index} is ${size}`, 'Only the batch may be symbolic.');
  }

  /** Brings an axis of input `index` that may count from the end into 0 … rank − 1. */
  axis(axis: number, index = 0): number {
    return axis < 0 ? axis + this.shape(index).length : axis;
  }

  /** The data of an input that is an initializer. */
  constant(index: number): Tensor | undefined {
    return this.has(index) ? this.#values.constant(this.node.inputs[index]!) : undefined;
  }

  /** The elements of a float32 input that is an initializer. */
  floats(index: number): Float32Array | undefined {
    const constant = this.constant(index);
    return constant?.dtype === 'float32' ? constant.data : undefined;
  }

  /** The one element of a float32 input that is an initializer of one element, whatever its rank. */
  scalar(index: number): number | undefined {
    const floats = this.floats(index);
    return floats?.length === 1 ? floats[0] : undefined;
  }

  /** The elements of an integer input, which shape inference has found to be a constant; undefined where it is left out. */
  integers(index: number): number[] | undefined {
    const constant = this.constant(index);
    return constant && integersOf(constant);
  }

  /** An input as ONNX lays it out. */
  input(index: number): string {
    return this.#values.plain(this.node.inputs[index]!);
  }

  /**
   * An input as an image.
   *
   * @param rank 3 or 4: that of the input, unless it is a constant with fewer dimensions
   */
  image(index: number, rank = this.shape(index).length): string {
    return this.#values.image(this.node.inputs[index]!, rank);
  }

  /** Whether an input is there as an image and in no other form. */
  isImageOnly(index: number): boolean {
    return this.#values.isImageOnly(this.node.inputs[index]!);
  }

  /** Says which tensor is an output, laid out as ONNX has it. */
  output(tensor: string, index = 0): void {
    this.#values.setPlain(this.node.outputs[index]!, tensor);
  }

  /** Says which tensor is an output, as an image. */
  outputImage(tensor: string, index = 0): void {
    this.#values.setImage(this.node.outputs[index]!, tensor);
  }

  /** Adds a TensorFlow node, and gives the name of its first output. */
  emit(op: string, inputs: readonly string[], attrs: Attrs = {}): string {
    return this.writer.node(op, this.node.outputs[0]!, inputs, attrs);
  }

  reshape(tensor: string, shape: Shape): string {
    return this.emit('Reshape', [tensor, this.writer.integers(openSizes(shape, describeNode(this.node)))]);
  }

  transpose(tensor: string, perm: readonly number[]): string {
    return this.emit('Transpose', [tensor, this.writer.integers(perm)]);
  }
}

/** How one operator is written. */
export interface Lowering<K extends OperatorName> {
  /** Whether elements of any type pass; otherwise they must be float32. */
  readonly moves: boolean;
  lower(call: LoweringCall<K>): void;
}

/** An operator that computes: float32 in and out. */
export function computes<K extends OperatorName>(lower: (call: LoweringCall<K>) => void): Lowering<K> {
  return { moves: false, lower };
}

/** An operator that moves elements, of whatever type, or checks types itself. */
export function moves<K extends OperatorName>(lower: (call: LoweringCall<K>) => void): Lowering<K> {
  return { moves: true, lower };
}
