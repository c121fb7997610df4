/** Inference engines. */
export { createEngine, type EngineName, engineNames } from './create-engine.js';
export type {
  InferenceEngine,
  InferenceSession,
  InputTensor,
  LoadOptions,
  OutputTensor,
  TensorInfo,
} from './inference-engine.js';
export { createOrtNode } from './ort-node.js';
export { createOrtWeb, type OrtWebOptions } from './ort-web.js';
