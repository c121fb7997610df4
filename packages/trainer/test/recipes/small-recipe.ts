/** DT4ECG's recipe, small enough for tests: windows of a second, few steps, few examples. */
import type { LabelledStretch } from '../../src/recipes/dt4ecg/activity-examples.js';
import type { Dt4EcgData } from '../../src/recipes/dt4ecg/dt4ecg-data.js';
import { type Dt4EcgRecipe, dt4ecgRecipe } from '../../src/recipes/dt4ecg/dt4ecg-recipe.js';
import { ecgOf } from '../synthetic-data-sets.js';

export const smallRecipe: Dt4EcgRecipe = {
  ...dt4ecgRecipe,
  samples: 250,
  steps: 3,
  batch: 8,
  augmentation: { jitter: { probability: 1, samples: 30 }, timeWarp: { probability: 0.5, factor: 0.04 } },
  syntheticPerBatch: 0,
};

/** Hearts that look different to the eye. */
const hearts = [3, 6, 10];

/** Signal at 250 Hz of one of three persons, whose heart beats the faster, the higher the number of the activity. */
export function stretchOf(person: number, activity: number, seconds = 12): LabelledStretch {
  const interval = 0.9 - 0.4 * activity;
  const samples = ecgOf(hearts[person]!, { rate: 250, seconds, seed: 10 * person + activity, interval });
  return { samples, identity: person, activity };
}

/** Three persons at two activities. */
export function smallData(changes: Partial<Dt4EcgData> = {}): Dt4EcgData {
  return {
    persons: ['01', '02', '03'],
    activities: ['rest', 'running'],
    training: [0, 1, 2].flatMap((person) => [0, 1].map((activity) => stretchOf(person, activity))),
    validation: [],
    trainingRecords: ['kalouskova/01/01_01_klud[0,0.7)'],
    ...changes,
  };
}
