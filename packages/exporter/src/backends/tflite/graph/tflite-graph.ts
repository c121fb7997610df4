/** A TFLite model before it is written: what stands in the file, with indices instead of names. */
import type { BuiltinOperator } from '../schema/builtin-operators.js';
import type { TfliteDataType } from '../schema/data-type.js';
import type { BuiltinOptions } from '../schema/operator-options.js';

/** real = scale · (code − zero point). */
export interface TensorQuantization {
  /** One, or one for each element along `axis`. */
  readonly scales: Float32Array;
  readonly zeroPoint: number;
  readonly axis: number;
}

export interface TfliteTensor {
  /** Only what people ask for has a name: it is there to be read. */
  readonly name?: string;
  readonly shape: readonly number[];
  readonly type: TfliteDataType;
  readonly quantization?: TensorQuantization;
  /** Of a constant. */
  readonly data?: Int8Array | Int32Array | Float32Array;
}

export interface TfliteOperator {
  readonly code: BuiltinOperator;
  readonly version: number;
  /** Indices of tensors. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options?: BuiltinOptions;
}

/** A tensor that callers name. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: number;
}

export interface TfliteGraph {
  readonly name: string;
  readonly tensors: readonly TfliteTensor[];
  /** Each after those that make its inputs. */
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly NamedTensor[];
  readonly outputs: readonly NamedTensor[];
}
