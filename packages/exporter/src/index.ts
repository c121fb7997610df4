/** Float ONNX models to int8 ONNX, TFLite and TensorFlow.js, with the error of every layer. */
export { ExportError } from './export-error.js';
export { erf } from './integer/error-function.js';
export { exponentialTable } from './integer/exponential-table.js';
export {
  multiplyByQuantizedMultiplier,
  type QuantizedMultiplier,
  quantizeMultiplier,
  roundingDivideByPOT,
  saturatingRoundingDoublingHighMul,
} from './integer/fixed-point.js';
export type {
  AnyOperation,
  BiasTensor,
  CodeTensor,
  IntegerGraph,
  IntegerTensor,
  Operation,
  Quantization,
  RealTensor,
} from './integer/integer-graph.js';
export { inverseSquareRoot } from './integer/inverse-square-root.js';
export {
  gelu,
  lookUpTable,
  negative,
  power,
  type RealFunction,
  sigmoid,
  squareRoot,
  tanh,
  tanhGelu,
} from './integer/look-up-table.js';
export {
  matMulMultiplier,
  meanMultiplier,
  mulMultiplier,
  rescalingMultiplier,
  SUM_LEFT_SHIFT,
  sumMultipliers,
  weightedSumMultiplier,
} from './integer/multipliers.js';
export {
  ALL_CODES,
  type Clamp,
  type LookUpFunction,
  OPERATION_NAMES,
  type OperationAttributes,
  type OperationName,
  type SlidingWindow,
} from './integer/operations.js';
export { dequantize, quantize } from './integer/quantize.js';
export { IntegerInterpreter, type Observer } from './interpreter/integer-interpreter.js';
