/** Inference engines. */
export { createEngine, type EngineName, engineNames } from './create-engine.js';
export type {
  InferenceEngine,
  InferenceSession,
  InputTensor,
  LoadOptions,
  ModelBytes,
  OutputTensor,
  TensorInfo,
} from './inference-engine.js';
export { createOrtNode } from './ort-node.js';
export { createOrtWeb, type OrtWebOptions } from './ort-web.js';
export { createTfjs, type TfjsEngineOptions } from './tfjs.js';
export { fetchTfjsModel, readTfjsModel, type TfjsModel } from './tfjs-model.js';
export { createWasm } from './wasm.js';
