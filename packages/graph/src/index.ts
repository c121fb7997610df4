/** ONNX in and out, a typed builder, shape inference, upgrades of old operator sets, edgebeat's metadata, also in WebAssembly files. */
export { type BuildOptions, GraphBuilder } from './builder/graph-builder.js';
export type { InputArguments, NodeOptions, OperatorMethods } from './builder/operator-methods.js';
export { Value } from './builder/value.js';
export { type DecodeOptions, decodeModel } from './codec/decode-model.js';
export { encodeModel } from './codec/encode-model.js';
export { countMacs, nodeMacs } from './cost/macs.js';
export { countParameters, parametersOf } from './cost/parameters.js';
export { type SizedType, windowSizes } from './cost/window-sizes.js';
export { arrayOf, type DataType, dataTypes, type ElementArrays, type TensorData } from './data-type.js';
export { GraphError } from './graph-error.js';
export { attributesOf, inferNode, isSupported, type KnownValues, type NodeOf } from './inference/infer-node.js';
export { inferShapes } from './inference/infer-shapes.js';
export { readMetadata, writeMetadata } from './metadata/metadata-codec.js';
export type {
  Metric,
  ModelMetadata,
  ModelWindow,
  Normalization,
  Training,
  VerificationThreshold,
} from './metadata/model-metadata.js';
export { packMetadata } from './metadata/packed-text.js';
export {
  type Annotated,
  type Attribute,
  type AttributeKinds,
  type AttributeValue,
  type Dimension,
  describeNode,
  describeType,
  type Graph,
  type Model,
  type Node,
  type Shape,
  type TensorType,
  UNKNOWN_DIMENSION,
  type ValueInfo,
} from './model.js';
export type { AttributeInputs, AttributesOf } from './operators/attributes.js';
export {
  INFERENCE_OPERATOR_NAMES,
  type InferenceOperatorName,
  isOperatorName,
  OPERATOR_NAMES,
  type OperatorName,
  type Operators,
  operators,
  TRAINING_OPERATOR_NAMES,
  type TrainingOperatorName,
} from './operators/index.js';
export { halfOf } from './passes/half.js';
export { toHalfPrecision, toSinglePrecision } from './passes/half-precision.js';
export {
  type ActivationRange,
  type ActivationRanges,
  type Int8Parameters,
  int8Parameters,
} from './quantization/activation-range.js';
export { ElementHistogram } from './quantization/element-histogram.js';
export { widenedRange } from './quantization/extremes.js';
export {
  type QuantizedActivation,
  type QuantizedValues,
  type QuantizedWeight,
  quantizedValues,
} from './quantization/quantized-values.js';
export { LEAST_WEIGHT_SCALE, MOST_WEIGHT_CODE } from './quantization/weight-codes.js';
export { OLDEST_OPSET, SUPPORTED_IR_VERSION, SUPPORTED_OPSET } from './supported-versions.js';
export { elementCount, integersOf, type Tensor, type TensorOf, tensor } from './tensor.js';
export { importModel, upgradeModel } from './upgrade/upgrade-model.js';
export { readWasmModel, type WasmModel, type WasmTensor, writeWasmModel } from './wasm/wasm-model.js';
export { isWasm } from './wasm/wasm-sections.js';
