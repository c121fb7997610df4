/** What float and int8 graphs have in common when they are looked at: steps, in order, and the activations between them. */

/** An activation as it is stored: int8 codes of an int8 graph, real numbers everywhere else. */
export interface StoredTensor {
  readonly name: string;
  /** Sizes for one window. */
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: number;
}

export interface Step {
  /** Of the ONNX node, or of what it makes. */
  readonly name: string;
  readonly operator: string;
  /** Names of the activations that it reads. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Learnt numbers that no earlier step reads. */
  readonly parameters: number;
  /** Of constants that no earlier step reads, their scales and zero points, and tables, as stored. */
  readonly weightBytes: number;
  /** Multiply-accumulates for one window. */
  readonly macs: number;
  /** Whether it computes with float32 numbers. */
  readonly isFloat: boolean;
  /** Whether it leaves the elements where they are, so that its output needs no memory of its own. */
  readonly isView: boolean;
}

export interface Schedule {
  readonly steps: readonly Step[];
  /** All activations, by name. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Operators that change a shape and nothing else. */
export const VIEWS: ReadonlySet<string> = new Set([
  'Reshape',
  'Flatten',
  'Squeeze',
  'Unsqueeze',
  'Identity',
  'Rescale',
]);
