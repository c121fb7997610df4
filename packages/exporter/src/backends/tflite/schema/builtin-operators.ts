/** BuiltinOperator of the schema: those that the lowerings use. LiteRT and TensorFlow Lite Micro have kernels for all of them. */
export const BUILTIN_OPERATORS = {
  ADD: 0,
  AVERAGE_POOL_2D: 1,
  CONCATENATION: 2,
  CONV_2D: 3,
  DEPTHWISE_CONV_2D: 4,
  DEQUANTIZE: 6,
  L2_NORMALIZATION: 11,
  LOGISTIC: 14,
  MAX_POOL_2D: 17,
  MUL: 18,
  RELU: 19,
  RESHAPE: 22,
  SOFTMAX: 25,
  TANH: 28,
  PAD: 34,
  GATHER: 36,
  TRANSPOSE: 39,
  MEAN: 40,
  SUB: 41,
  DIV: 42,
  STRIDED_SLICE: 45,
  CAST: 53,
  MAXIMUM: 55,
  MINIMUM: 57,
  PADV2: 60,
  SUM: 74,
  SQRT: 75,
  RSQRT: 76,
  REDUCE_MAX: 82,
  QUANTIZE: 114,
  BATCH_MATMUL: 126,
  BROADCAST_TO: 130,
} as const;

export type BuiltinOperator = keyof typeof BUILTIN_OPERATORS;

/** Written into the byte that older readers look at where the number does not fit it. */
export const PLACEHOLDER_FOR_GREATER_CODES = 127;

export function builtinOperatorOf(code: number): BuiltinOperator | undefined {
  return (Object.keys(BUILTIN_OPERATORS) as BuiltinOperator[]).find((name) => BUILTIN_OPERATORS[name] === code);
}
