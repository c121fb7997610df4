/** The tensors of one operation as its kernel sees them: memory, shape and quantization. */
import { ExportError } from '../export-error.js';
import type { CodeTensor, IntegerGraph, IntegerTensor, Operation } from '../integer/integer-graph.js';
import type { OperationName } from '../integer/operations.js';

/** int8 codes with one scale. */
export interface Codes {
  readonly dtype: 'int8';
  readonly shape: readonly number[];
  readonly scale: number;
  readonly zeroPoint: number;
  /** The same memory at every run. */
  readonly data: Int8Array;
}

/** float32 numbers. */
export interface Reals {
  readonly dtype: 'float32';
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Constant int8 weights: zero point 0, a scale for each output channel. */
export interface Weights {
  readonly shape: readonly number[];
  readonly scales: Float32Array;
  readonly data: Int8Array;
}

/** What tensors hold while a graph runs, by name. */
export type Memory = ReadonlyMap<string, Int8Array | Int32Array | Float32Array>;

const REGENERATE = 'quantize the model again with this version of edgebeat';

/** Gives an operation its tensors, of the type that it asks for, or refuses. */
export class Operands<K extends OperationName = OperationName> {
  readonly operation: Operation<K>;
  readonly #graph: IntegerGraph;
  readonly #memory: Memory;

  constructor(operation: Operation<K>, graph: IntegerGraph, memory: Memory) {
    this.operation = operation;
    this.#graph = graph;
    this.#memory = memory;
  }

  get attributes(): Operation<K>['attributes'] {
    return this.operation.attributes;
  }

  get inputCount(): number {
    return this.operation.inputs.length;
  }

  /** Input `index`, int8 or float32. */
  input(index: number): Codes | Reals {
    return this.#operand(this.#name(this.operation.inputs, index, 'input'));
  }

  codes(index: number): Codes {
    return this.#asCodes(this.input(index), `input ${index}`);
  }

  reals(index: number): Reals {
    return this.#asReals(this.input(index), `input ${index}`);
  }

  /** The one output, int8 or float32. */
  output(): Codes | Reals {
    return this.#operand(this.#name(this.operation.outputs, 0, 'output'));
  }

  outputCodes(): Codes {
    return this.#asCodes(this.output(), 'the output');
  }

  outputReals(): Reals {
    return this.#asReals(this.output(), 'the output');
  }

  /** Input `index` as weights whose first dimension is that of the output channels. */
  weights(index: number): Weights {
    const tensor = this.#tensor(this.#name(this.operation.inputs, index, 'input'));
    if (tensor.dtype !== 'int8' || tensor.data === undefined)
      this.refuse(`"${tensor.name}" is no constant int8 weight`);
    const { scales, zeroPoint, axis = 0 } = tensor.quantization;
    if (zeroPoint !== 0) this.refuse(`weight "${tensor.name}" has the zero point ${zeroPoint}; only 0 is supported`);
    this.#checkScales(tensor);
    const { shape, data } = tensor;
    const channels = shape[0] ?? 0;
    if (scales.length === 1) return { shape, scales: new Float32Array(channels).fill(scales[0]!), data };
    if (axis !== 0 || scales.length !== channels) {
      this.refuse(
        `weight "${tensor.name}" has ${scales.length} scales along dimension ${axis} for ${channels} channels`,
      );
    }
    return { shape, scales, data };
  }

  /** Input `index` as int32 biases. */
  bias(index: number, channels: number): Int32Array {
    const tensor = this.#tensor(this.#name(this.operation.inputs, index, 'input'));
    if (tensor.dtype !== 'int32') this.refuse(`"${tensor.name}" is no int32 bias`);
    if (tensor.data.length !== channels) {
      this.refuse(`bias "${tensor.name}" has ${tensor.data.length} elements for ${channels} channels`);
    }
    return tensor.data;
  }

  /** @throws ExportError that names the operation. */
  refuse(reason: string, hint = REGENERATE): never {
    throw new ExportError(`node "${this.operation.name}" (${this.operation.operator}): ${reason}`, hint);
  }

  #name(names: readonly string[], index: number, role: string): string {
    return names[index] ?? this.refuse(`${role} ${index} is missing`);
  }

  #tensor(name: string): IntegerTensor {
    return this.#graph.tensors.get(name) ?? this.refuse(`there is no tensor "${name}"`);
  }

  #operand(name: string): Codes | Reals {
    const tensor = this.#tensor(name);
    const data = this.#memory.get(name);
    const { shape } = tensor;
    if (tensor.dtype === 'float32' && data instanceof Float32Array) return { dtype: 'float32', shape, data };
    if (tensor.dtype !== 'int8' || !(data instanceof Int8Array)) this.refuse(`"${name}" is neither int8 nor float32`);
    const { scales, zeroPoint } = tensor.quantization;
    if (scales.length !== 1) this.refuse(`"${name}" has ${scales.length} scales; here only one is supported`);
    this.#checkScales(tensor);
    if (!(Number.isInteger(zeroPoint) && zeroPoint >= -128 && zeroPoint <= 127)) {
      this.refuse(`"${name}" has the zero point ${zeroPoint}; −128 to 127 are possible`);
    }
    return { dtype: 'int8', shape, scale: scales[0]!, zeroPoint, data };
  }

  #checkScales({ name, quantization }: CodeTensor): void {
    const wrong = quantization.scales.find((scale) => !(scale > 0 && scale < Number.POSITIVE_INFINITY));
    if (wrong !== undefined) this.refuse(`"${name}" has the scale ${wrong}; scales are positive and finite`);
  }

  #asCodes(operand: Codes | Reals, which: string): Codes {
    return operand.dtype === 'int8' ? operand : this.refuse(`${which} is float32; only int8 is supported`);
  }

  #asReals(operand: Codes | Reals, which: string): Reals {
    return operand.dtype === 'float32' ? operand : this.refuse(`${which} is int8; only float32 is supported`);
  }
}

/** Computes the output from the inputs, in the memory that `prepare` was given. */
export type Kernel = () => void;

/** Reads attributes and shapes once, and gives what is done at every run. */
export type Prepare<K extends OperationName> = (operands: Operands<K>) => Kernel;
