/** Float ONNX models to int8 ONNX, TFLite and TensorFlow.js, with the error of every layer. */

export { type CalibrationOptions, calibrate } from './calibration/calibrate.js';
export type { CalibrationMethod } from './calibration/calibration-method.js';
export { ExportError } from './export-error.js';
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
export {
  ALL_CODES,
  type Clamp,
  type LookUpFunction,
  OPERATION_NAMES,
  type OperationAttributes,
  type OperationName,
  type SlidingWindow,
} from './integer/operations.js';
export type { EqualizedValue } from './quantizer/equalization.js';
export type { OutputError, QuantizationError } from './quantizer/output-error.js';
export type {
  ActivationRecord,
  IslandRecord,
  IslandStep,
  QuantizationReport,
  SwitchRecord,
} from './quantizer/quantization-report.js';
export { quantizeModel } from './quantizer/quantize-model.js';
export type { QuantizeOptions, QuantizeSettings, Switch } from './quantizer/quantize-options.js';
export { withUnsignedActivations } from './quantizer/unsigned-activations.js';
export type { WrittenWeight } from './quantizer/write-qdq.js';
export { type BatchResult, ModelRunner, type RunnerOptions, type Window } from './runner/model-runner.js';
