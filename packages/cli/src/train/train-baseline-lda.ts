/** `edgebeat train baseline-lda`: a fit, done in seconds. */
import { encodeModel } from '@edgebeat/graph';
import { fitBaselineLda } from '@edgebeat/trainer';
import { identityProtocols, trainingPartsOf } from './identity-protocols.js';
import type { TrainableModel } from './trainable-model.js';

/** Protocols in which one of the persons who trained is named. */
const closedSets = ['ecg-id/closed', 'ecg-id/random', 'ptb/closed'];

export const baselineLdaTraining: TrainableModel = {
  name: 'baseline-lda',
  protocols: identityProtocols,
  async prepare({ dataDir, protocol }) {
    const parts = await trainingPartsOf(protocol, dataDir);
    return {
      steps: 1,
      async run() {
        const model = await fitBaselineLda(parts, { closedSet: closedSets.includes(protocol) });
        return { model, bytes: encodeModel(model), isComplete: true, step: 1, history: [] };
      },
    };
  },
};
