/** `edgebeat train resnet34`. */
import { resnet34Recipe, trainIdentity } from '@edgebeat/trainer';
import { identityProtocols } from './identity-protocols.js';
import { identityTrainingInput } from './identity-training.js';
import type { TrainableModel } from './trainable-model.js';

export const resnet34Training: TrainableModel = {
  name: 'resnet34',
  protocols: identityProtocols,
  hasQuantizationAwareTraining: true,
  async prepare(request) {
    const input = await identityTrainingInput(resnet34Recipe(request.protocol), request);
    return { steps: input.recipe.steps, run: (options) => trainIdentity(input, options) };
  },
};
