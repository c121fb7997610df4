/**
 * The steps of int8 inference. The names are ONNX's where ONNX has one; a table typed by `OperationName` does not compile until
 * it says what to do with each of them.
 *
 * Where inputs are float32 tensors, the operation is part of a float island: every addition, subtraction, multiplication, division
 * and square root is rounded to float32 once, sums run in the order of the elements. Only these are allowed there, so that
 * islands, too, give the same bits everywhere.
 */

/** Least and greatest code of an output: what a Relu or Clip behind the operation leaves, otherwise −128 and 127. */
export interface Clamp {
  readonly least: number;
  readonly most: number;
}

/** A window that slides over spatial dimensions; lists have one entry for each of them (one or two). */
export interface SlidingWindow {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  /** Zeros put before the first element of each dimension, then those put behind the last, as ONNX lists them. */
  readonly pads: readonly number[];
}

export interface OperationAttributes {
  /** Inputs: x [1, C, …], weight int8 [O, C / group, …kernel] (scale for each O), bias int32 [O]. */
  readonly Conv: SlidingWindow & { readonly group: number; readonly clamp: Clamp };
  /** A fully connected layer over the last dimension. Inputs: x […, I], weight int8 [O, I] (scale for each O), bias int32 [O]. */
  readonly Gemm: { readonly clamp: Clamp };
  /** Of two activations, […, M, K] × […, K, N]; leading dimensions are equal. */
  readonly MatMul: { readonly clamp: Clamp };
  /** Inputs may be constants, and spread as in numpy; int8 or float32, both alike. */
  readonly Add: { readonly clamp: Clamp };
  readonly Sub: { readonly clamp: Clamp };
  readonly Mul: { readonly clamp: Clamp };
  /** float32 only. */
  readonly Div: Record<string, never>;
  /** float32 only. */
  readonly Sqrt: Record<string, never>;
  /** Relu or Clip that stands alone: from one scale to another, then to the clamp. */
  readonly Clip: { readonly clamp: Clamp };
  /** float32 Relu or Clip. */
  readonly FloatClip: { readonly least: number; readonly most: number };
  /** Any function of one code: `table[code + 128]`. */
  readonly LookUp: { readonly function: LookUpFunction; readonly table: Int8Array };
  /** Along the last dimension. */
  readonly Softmax: Record<string, never>;
  /** Along the last dimension. Inputs: x int8 or float32 […, I], scale float32 [I], bias float32 [I]; output int8 or float32. */
  readonly LayerNormalization: { readonly epsilon: number };
  /** To Euclidean norm 1 along the last dimension. */
  readonly LpNormalization: Record<string, never>;
  readonly ReduceMean: { readonly axes: readonly number[] };
  readonly ReduceSum: { readonly axes: readonly number[] };
  readonly ReduceMax: { readonly axes: readonly number[] };
  readonly MaxPool: SlidingWindow & { readonly kernel: readonly number[] };
  /** Mean over those elements of the window that are no padding. */
  readonly AveragePool: SlidingWindow & { readonly kernel: readonly number[] };
  /** Reshape, Flatten, Squeeze, Unsqueeze: the same elements in the output's shape. */
  readonly Reshape: Record<string, never>;
  readonly Transpose: { readonly perm: readonly number[] };
  /** `starts[d] + i · steps[d]` for each dimension d, as many as the output has there. */
  readonly Slice: { readonly starts: readonly number[]; readonly steps: readonly number[] };
  readonly Concat: { readonly axis: number };
  readonly Gather: { readonly axis: number; readonly indices: readonly number[] };
  /** Zeros (the zero point) before each dimension, then behind each, as ONNX lists them. */
  readonly Pad: { readonly pads: readonly number[] };
  /** Repeats dimensions of size 1. */
  readonly Expand: Record<string, never>;
  /** The same codes, their scale multiplied by a positive number: nothing is computed. */
  readonly Rescale: { readonly factor: number };
  /** From one scale and zero point to another. */
  readonly Requantize: Record<string, never>;
  /** int8 to float32: the begin of an island. */
  readonly DequantizeLinear: Record<string, never>;
  /** float32 to int8: its end. */
  readonly QuantizeLinear: Record<string, never>;
}

export type OperationName = keyof OperationAttributes;

/** Functions that are tabulated. */
export type LookUpFunction = 'Sigmoid' | 'Tanh' | 'Gelu' | 'Sqrt' | 'Pow' | 'Neg';

export const OPERATION_NAMES = [
  'Conv',
  'Gemm',
  'MatMul',
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Sqrt',
  'Clip',
  'FloatClip',
  'LookUp',
  'Softmax',
  'LayerNormalization',
  'LpNormalization',
  'ReduceMean',
  'ReduceSum',
  'ReduceMax',
  'MaxPool',
  'AveragePool',
  'Reshape',
  'Transpose',
  'Slice',
  'Concat',
  'Gather',
  'Pad',
  'Expand',
  'Rescale',
  'Requantize',
  'DequantizeLinear',
  'QuantizeLinear',
] as const satisfies readonly OperationName[];

/** The clamp of an operation without one. */
export const ALL_CODES: Clamp = { least: -128, most: 127 };
