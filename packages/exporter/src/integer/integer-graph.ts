/**
 * The integer view of a QDQ graph: what each step of int8 inference reads, computes and writes. `readIntegerGraph` makes it from
 * an ONNX graph with QuantizeLinear and DequantizeLinear pairs; the interpreter runs it, the TFLite and C back ends write it
 * down. It is no file format: the QDQ graph is.
 *
 * The batch is 1. Layouts are ONNX's ([N, C, L], [N, C, H, W]); what a back end lays out otherwise computes the same integers.
 */
import type { OperationAttributes, OperationName } from './operations.js';

/** real = scale · (code − zeroPoint). */
export interface Quantization {
  /** One scale, or one for each channel along `axis`. */
  readonly scales: Float32Array;
  /** From −128 to 127; 0 for weights and biases. */
  readonly zeroPoint: number;
  /** Dimension of the channels, where there is more than one scale. */
  readonly axis?: number;
}

interface TensorBase {
  readonly name: string;
  /** Sizes; the batch, where there is one, is 1. */
  readonly shape: readonly number[];
}

/** int8 codes: an activation, or a constant where it has data. */
export interface CodeTensor extends TensorBase {
  readonly dtype: 'int8';
  readonly quantization: Quantization;
  readonly data?: Int8Array;
}

/** int32 biases, in units of input scale · weight scale, one for each output channel. */
export interface BiasTensor extends TensorBase {
  readonly dtype: 'int32';
  readonly quantization: Quantization;
  readonly data: Int32Array;
}

/** Real numbers within a float island, or a constant where it has data. */
export interface RealTensor extends TensorBase {
  readonly dtype: 'float32';
  readonly data?: Float32Array;
}

export type IntegerTensor = CodeTensor | BiasTensor | RealTensor;

/** One step. */
export interface Operation<K extends OperationName = OperationName> {
  readonly operator: K;
  /** Of the ONNX node it comes from. */
  readonly name: string;
  /** Names of tensors. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OperationAttributes[K];
}

/** An operation whose kind is told by `operator`. */
export type AnyOperation = { [K in OperationName]: Operation<K> }[OperationName];

export interface IntegerGraph {
  readonly name: string;
  /** All, by name. */
  readonly tensors: ReadonlyMap<string, IntegerTensor>;
  /** int8 activations that the caller gives. */
  readonly inputs: readonly string[];
  /** What the caller gets, in the order of the model's outputs; int8 unless the model says float32. */
  readonly outputs: readonly { readonly name: string; readonly tensor: string }[];
  /** Each after those that make its inputs. */
  readonly operations: readonly AnyOperation[];
}
