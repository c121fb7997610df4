/** Networks as ONNX graph builders, and the weights that come with edgebeat. */
export { baselineCosine } from './baseline-cosine.js';
export {
  type BaselineLdaOptions,
  baselineLda,
  type LinearMap,
  ldaCrop,
  type PersonScores,
} from './baseline-lda.js';
export { type DeitOptions, deitMicro, deitTiny } from './deit.js';
export { type Dt4EcgOptions, dt4ecg, lastSharedParameter } from './dt4ecg.js';
export { truncatedNormal, type WeightSource, zeros } from './initial-weights.js';
export { cropOf } from './layers/crop.js';
export { type ResNet34Options, resnet34 } from './resnet34.js';
export { untrainedModels } from './untrained-models.js';
export { loadWeights, type WeightsForm, weightsNames, weightsPath } from './weights.js';
