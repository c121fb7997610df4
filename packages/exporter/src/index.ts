/** Float ONNX models to int8 ONNX, TFLite and TensorFlow.js, with the error of every layer. */

export { integerAnswers } from './agreement/integer-answers.js';
export {
  type Agreement,
  type Answers,
  agreementOf,
  decidingOutputs,
  type OutputAgreement,
} from './agreement/output-agreement.js';
export {
  ARM_TARGETS,
  type ArmTarget,
  C_FLAGS,
  C_TARGETS,
  type CCompiler,
  type CFigures,
  type CFootprint,
  type COptions,
  type CSources,
  type CTarget,
  cFigures,
  coreFolders,
  OPTIMIZATIONS,
  type Optimization,
  TOOLCHAINS,
  type Toolchain,
  toC,
} from './backends/c/index.js';
export {
  type TfjsExport,
  type TfjsModelJson,
  type TfjsOptions,
  tfjsFiles,
  toTfjs,
} from './backends/tfjs/to-tfjs.js';
export {
  describeTflite,
  TFLITE_METADATA,
  type TfliteDescription,
  type TfliteOperatorDescription,
  type TfliteOptions,
  type TfliteTensorDescription,
  toTflite,
} from './backends/tflite/index.js';
export {
  type LoadTflite,
  type TfliteInterpreter,
  type TfliteInterpreterName,
  tfliteInterpreters,
} from './backends/tflite/interpreters.js';
export {
  type ArenaBound,
  RESOLVER_METHODS,
  type TflmOptions,
  type TflmSources,
  toTflm,
} from './backends/tflm/index.js';
export { findEmcc, toWasm, type WasmSources, wasmSources } from './backends/wasm/index.js';
export { type CalibrationOptions, calibrate } from './calibration/calibrate.js';
export type { CalibrationMethod } from './calibration/calibration-method.js';
export { ExportError } from './export-error.js';
export * from './fit/index.js';
export { type CompareOptions, compareLayers } from './inspect/compare/compare-layers.js';
export { LAYER_ERRORS_SCHEMA, type LayerError, type LayerErrors } from './inspect/compare/layer-errors.js';
export { inspectPage, type PageContent } from './inspect/html/page.js';
export { inspectModel, isQuantized } from './inspect/inspect-model.js';
export { INSPECT_SCHEMA, type InspectReport, isFit, type Layer, type NoFit } from './inspect/inspect-report.js';
export type { MemoryStep, MemoryUse } from './inspect/memory.js';
export type { StoredTensor } from './inspect/schedule.js';
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
export { readIntegerGraph } from './integer/read-integer-graph.js';
export { IntegerInterpreter, type Observer } from './interpreter/integer-interpreter.js';
export { modelSha256 } from './model-sha256.js';
export { type AppliedRule, type PreparedModel, prepareModel } from './passes/index.js';
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
export { readSamples } from './samples/read-samples.js';
