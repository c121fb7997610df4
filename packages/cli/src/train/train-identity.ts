/** `edgebeat train resnet34`. */
import {
  formatTrainingRecord,
  holdBackPersons,
  holdBackTime,
  loadIdentityData,
  loadNoise,
  resnet34Recipe,
  trainIdentity,
  trainingNoisePart,
} from '@edgebeat/trainer';
import { identityProtocols, networkTrainingPartsOf } from './identity-protocols.js';
import type { TrainableModel } from './trainable-model.js';

export const resnet34Training: TrainableModel = {
  name: 'resnet34',
  protocols: identityProtocols,
  async prepare({ dataDir, protocol: name, seed, steps, threads, validation }) {
    const chosen = resnet34Recipe(name);
    const recipe = { ...chosen, seed, steps: steps ?? chosen.steps };
    const parts = await networkTrainingPartsOf(name, dataDir);
    const heldBack = validation ? (name === identityProtocols[0] ? holdBackPersons : holdBackTime)(parts) : undefined;
    const data = await loadIdentityData(heldBack?.training ?? parts);
    const noises = recipe.augmentation.recordedNoise ? { ...(await loadNoise(dataDir, trainingNoisePart)) } : {};
    const judge = await heldBack?.judge(data.persons, recipe.normalize, threads);
    const seenRecords = parts.map(({ record, part }) => formatTrainingRecord({ id: record.id, part }));
    const input = { recipe, data, noises, seenRecords, ...judge };
    return { steps: recipe.steps, run: (options) => trainIdentity(input, options) };
  },
};
