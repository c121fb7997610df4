/** Networks as ONNX graph builders, and the weights that come with edgebeat. */
export { baselineCosine } from './baseline-cosine.js';
export { untrainedModels } from './untrained-models.js';
export { loadWeights, weightsNames, weightsPath } from './weights.js';
