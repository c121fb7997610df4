/** Float ONNX models to int8 ONNX, TFLite and TensorFlow.js, with the error of every layer. */

export {
  type TfjsExport,
  type TfjsModelJson,
  type TfjsOptions,
  tfjsFiles,
  toTfjs,
} from './backends/tfjs/to-tfjs.js';
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
