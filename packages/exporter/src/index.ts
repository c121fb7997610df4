/** Float ONNX models to int8 ONNX, TFLite and TensorFlow.js, with the error of every layer. */

export { C_TARGETS, type CFigures, type COptions, type CSources, type CTarget, toC } from './backends/c/index.js';
export { type CalibrationOptions, calibrate } from './calibration/calibrate.js';
export type { CalibrationMethod } from './calibration/calibration-method.js';
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
  ALL_CODES,
  type Clamp,
  type LookUpFunction,
  OPERATION_NAMES,
  type OperationAttributes,
  type OperationName,
  type SlidingWindow,
} from './integer/operations.js';
export { dequantize, quantize } from './integer/quantize.js';
export { readIntegerGraph } from './integer/read-integer-graph.js';
export { IntegerInterpreter, type Observer } from './interpreter/integer-interpreter.js';
export { type AppliedRule, type PreparedModel, prepareModel } from './passes/index.js';
export type { ActivationRecord, QuantizationReport, WeightRecord } from './quantizer/quantization-report.js';
export { type QuantizeOptions, quantizeModel } from './quantizer/quantize-model.js';
export { type BatchResult, ModelRunner, type RunnerOptions, type Window } from './runner/model-runner.js';
