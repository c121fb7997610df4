/** `edgebeat train resnet34`. */
import {
  holdBackPersons,
  holdBackTime,
  loadIdentityData,
  loadNoise,
  protocolOf,
  resnet34Recipe,
  trainIdentity,
  trainingNoisePart,
} from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import type { TrainableModel } from './trainable-model.js';

/** The protocol of the weights that come with edgebeat comes first: it trains on everybody who is not held out. */
const unseenPersons = 'verification/unseen';

export const resnet34Training: TrainableModel = {
  name: 'resnet34',
  protocols: [
    unseenPersons,
    'ecg-id/closed',
    'ecg-id/random',
    'ecg-id/other-record',
    'heartprint/cross-session',
    'ptb/closed',
  ],
  async prepare({ dataDir, protocol: name, seed, steps, threads, validation }) {
    const protocol = protocolOf(name);
    if (!('trainingParts' in protocol)) throw new UsageError(`${name} trains no identity`, 'choose another protocol');
    const chosen = resnet34Recipe(name);
    const recipe = { ...chosen, seed, steps: steps ?? chosen.steps };
    const parts = await protocol.trainingParts(dataDir);
    const heldBack = validation ? (name === unseenPersons ? holdBackPersons : holdBackTime)(parts) : undefined;
    const data = await loadIdentityData(heldBack?.training ?? parts);
    const noises = recipe.augmentation.recordedNoise ? { ...(await loadNoise(dataDir, trainingNoisePart)) } : {};
    const judge = await heldBack?.judge(data.persons, recipe.normalize, threads);
    return { steps: recipe.steps, run: (options) => trainIdentity({ recipe, data, noises, ...judge }, options) };
  },
};
