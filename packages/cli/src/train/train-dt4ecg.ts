/** `edgebeat train dt4ecg`. */
import {
  anonymousStretch,
  dt4ecgRecipe,
  kalouskovaActivities,
  loadDt4EcgData,
  loadNoise,
  trainDt4Ecg,
} from '@edgebeat/trainer';
import { syntheticRecordings } from './synthetic-recordings.js';
import type { TrainableModel } from './trainable-model.js';

/** Part of every recording from which on `--validation` holds it back from training and watches. */
const VALIDATION_FROM = 0.5;

export const dt4ecgTraining: TrainableModel = {
  name: 'dt4ecg',
  protocols: ['kalouskova/time-split'],
  async prepare({ dataDir, seed, steps = dt4ecgRecipe.steps, threads, validation }) {
    const { from, to } = dt4ecgRecipe.trainPart;
    const recipe = {
      ...dt4ecgRecipe,
      seed,
      steps,
      ...(validation
        ? { trainPart: { from, to: VALIDATION_FROM }, validationPart: { from: VALIDATION_FROM, to } }
        : {}),
    };
    const data = await loadDt4EcgData(dataDir, recipe);
    const noises = recipe.augmentation.recordedNoise ? { ...(await loadNoise(dataDir)) } : {};
    const synthetic = syntheticRecordings(recipe).map((one) => anonymousStretch(one, kalouskovaActivities));
    return { steps, run: (options) => trainDt4Ecg({ recipe, data, synthetic, noises, threads }, options) };
  },
};
