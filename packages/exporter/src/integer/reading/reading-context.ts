/** What the readers of nodes share: the tensors and operations that have been made, and the way from a value to them. */
import {
  type AttributesOf,
  attributesOf,
  describeNode,
  type InferenceOperatorName,
  integersOf,
  type Node,
  type NodeOf,
  type Operators,
} from '@edgebeat/graph';
import { ExportError } from '../../export-error.js';
import type { AnyOperation, CodeTensor, IntegerTensor, Quantization } from '../integer-graph.js';
import { ALL_CODES, type Clamp, type OperationAttributes, type OperationName } from '../operations.js';
import { codeOf } from '../quantize.js';
import { isEqual, type Pair, type QdqIndex } from './qdq-index.js';

/** Where an operation's codes go: the pair behind it, and what a Relu or Clip on the way leaves of them. */
export interface Target {
  readonly tensor: string;
  readonly quantization: Quantization;
  readonly clamp: Clamp;
}

export class ReadingContext {
  readonly index: QdqIndex;
  readonly tensors = new Map<string, IntegerTensor>();
  readonly operations: AnyOperation[] = [];
  /** From values of the QDQ graph to tensors. */
  readonly #tensorOf = new Map<string, string>();
  /** Nodes that were taken together with one before them. */
  readonly #done = new Set<Node>();

  constructor(index: QdqIndex) {
    this.index = index;
  }

  isDone(node: Node): boolean {
    return this.#done.has(node);
  }

  markDone(node: Node): void {
    this.#done.add(node);
  }

  /** @throws ExportError always. */
  fail(node: Node, problem: string, hint: string): never {
    throw new ExportError(`${describeNode(node)}: ${problem}`, hint);
  }

  attributes<K extends InferenceOperatorName>(node: Node, _operator: K): AttributesOf<Operators[K]['attributes']> {
    return attributesOf(node as NodeOf<K>);
  }

  shapeOf(value: string): readonly number[] {
    return this.index.shapeOf(value);
  }

  /** The integers of an input that must be constant, undefined where it is left out. */
  integers(node: Node, input: number): number[] | undefined {
    const name = node.inputs[input] ?? '';
    if (name === '') return undefined;
    const constant = this.index.constant(name);
    if (!constant) this.fail(node, `input "${name}" is computed while running`, 'make it a constant');
    return integersOf(constant);
  }

  addTensor(tensor: IntegerTensor, ...values: readonly string[]): string {
    this.tensors.set(tensor.name, tensor);
    for (const value of [tensor.name, ...values]) this.#tensorOf.set(value, tensor.name);
    return tensor.name;
  }

  addOperation<K extends OperationName>(
    operator: K,
    node: Node,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: OperationAttributes[K],
  ): void {
    const name = node.name || node.outputs[0]!;
    this.operations.push({ operator, name, inputs, outputs, attributes } as unknown as AnyOperation);
  }

  /** The tensor of a value, made when first asked for where it is a constant. */
  tensor(node: Node, value: string): IntegerTensor {
    const known = this.#tensorOf.get(value);
    if (known !== undefined) return this.tensors.get(known)!;
    const quantized = this.index.quantizedConstant(value);
    const real = this.index.realConstant(value);
    const shape = quantized || real ? this.shapeOf(value) : [];
    if (quantized?.initializer.dtype === 'int8') {
      const data = quantized.initializer.data as Int8Array;
      this.addTensor({ name: value, dtype: 'int8', shape, quantization: quantized.quantization, data });
    } else if (real) {
      this.addTensor({ name: value, dtype: 'float32', shape, data: real.data as Float32Array });
    } else {
      this.fail(node, `"${value}" is neither an activation nor a constant of int8 or float32`, 'fold constants first');
    }
    return this.tensor(node, value);
  }

  /** The codes of a value; undefined for a real one. A constant of one real number has codes that hold it exactly enough. */
  codes(node: Node, value: string): CodeTensor | undefined {
    const tensor = this.tensor(node, value);
    if (tensor.dtype === 'int8') return tensor;
    if (tensor.dtype !== 'float32' || tensor.data?.length !== 1) return undefined;
    const number = tensor.data[0]!;
    const name = `${value}/codes`;
    const scales = Float32Array.of(number === 0 ? 1 : Math.abs(number) / 127);
    const data = Int8Array.of(127 * Math.sign(number));
    const codes: CodeTensor = {
      name,
      dtype: 'int8',
      shape: tensor.shape,
      quantization: { scales, zeroPoint: 0 },
      data,
    };
    this.tensors.set(name, codes);
    return codes;
  }

  /** The name of the real tensor of a value: behind a DequantizeLinear where it has codes. */
  real(node: Node, value: string): string {
    const tensor = this.tensor(node, value);
    if (tensor.dtype === 'float32') return tensor.name;
    if (tensor.dtype === 'int32') this.fail(node, `"${value}" is a bias`, 'use it behind a product');
    const name = `${tensor.name}/real`;
    if (this.tensors.has(name)) return name;
    const { shape } = tensor;
    if (tensor.data) {
      const { scales, zeroPoint } = tensor.quantization;
      if (scales.length > 1) this.fail(node, `"${value}" has a scale for each channel`, 'give it one scale');
      const data = Float32Array.from(tensor.data, (code) => scales[0]! * (code - zeroPoint));
      this.tensors.set(name, { name, dtype: 'float32', shape, data });
      return name;
    }
    this.tensors.set(name, { name, dtype: 'float32', shape });
    this.addOperation('DequantizeLinear', { ...node, name }, [tensor.name], [name], {});
    return name;
  }

  /** Makes a real tensor of a node's output. */
  addReal(value: string): string {
    return this.addTensor({ name: value, dtype: 'float32', shape: this.shapeOf(value) });
  }

  /** Makes a tensor of codes of a node's output that keep scale and zero point. */
  addCodes(value: string, quantization: Quantization): string {
    return this.addTensor({ name: value, dtype: 'int8', shape: this.shapeOf(value), quantization });
  }

  /**
   * Where a node's output is quantized, if nothing else reads it: then the operation writes codes. Nodes on the way are taken
   * together with it.
   */
  target(output: string): Target | undefined {
    const reader = this.index.onlyReader(output);
    if (reader === undefined || reader.inputs[0] !== output) return undefined;
    if (reader.operator === 'QuantizeLinear') {
      const pair = this.index.pairOf(reader);
      if (pair.quantization.scales.length > 1) return undefined;
      this.markDone(reader);
      return { tensor: this.addPair(pair), quantization: pair.quantization, clamp: ALL_CODES };
    }
    if (reader.operator !== 'Relu' && reader.operator !== 'Clip') return undefined;
    const behind = this.target(reader.outputs[0]!);
    if (!behind) return undefined;
    this.markDone(reader);
    return { ...behind, clamp: clampedBy(this, reader, behind) };
  }

  /** Makes the tensor of a pair: named by the value, or by the graph input that is quantized. */
  addPair({ quantization, values }: Pair, name = values[0]!): string {
    const shape = this.shapeOf(values[0]!);
    return this.addTensor({ name, dtype: 'int8', shape, quantization }, ...values);
  }

  /** Makes a tensor's codes known as those of other values. */
  alias(tensor: string, ...values: readonly string[]): void {
    for (const value of values) this.#tensorOf.set(value, tensor);
  }

  /** Reads a QuantizeLinear that no operation writes to: of a real tensor, or from one scale to another. */
  quantize(node: Node): void {
    const pair = this.index.pairOf(node);
    const source = this.tensor(node, node.inputs[0]!);
    if (source.dtype === 'int8' && isEqual(source.quantization, pair.quantization)) {
      this.alias(source.name, ...pair.values);
      return;
    }
    if (source.dtype === 'int32') this.fail(node, 'quantizes a bias', 'use it behind a product');
    const target = this.addPair(pair);
    this.addOperation(source.dtype === 'int8' ? 'Requantize' : 'QuantizeLinear', node, [source.name], [target], {});
  }
}

/** Least and greatest real number that a Relu or Clip leaves. */
export function boundsOf(context: ReadingContext, node: Node): { least: number; most: number } {
  if (node.operator === 'Relu') return { least: 0, most: Number.POSITIVE_INFINITY };
  const bound = (input: number, otherwise: number) => {
    const name = node.inputs[input] ?? '';
    if (name === '') return otherwise;
    const constant = context.index.realConstant(name);
    if (!constant) context.fail(node, `bound "${name}" is no constant`, 'make it one');
    return constant.data[0] as number;
  };
  return { least: bound(1, Number.NEGATIVE_INFINITY), most: bound(2, Number.POSITIVE_INFINITY) };
}

/** The codes between which a Relu or Clip holds an output, within those of what stands behind it. */
export function clampedBy(context: ReadingContext, node: Node, { quantization, clamp }: Omit<Target, 'tensor'>): Clamp {
  const { least, most } = boundsOf(context, node);
  const code = (real: number) => codeOf(Math.fround(real / quantization.scales[0]!), quantization.zeroPoint);
  const within = (bound: number) => Math.min(clamp.most, Math.max(clamp.least, bound));
  return { least: within(code(least)), most: within(code(most)) };
}
