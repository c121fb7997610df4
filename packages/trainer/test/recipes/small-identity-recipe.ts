/** The recipe of an identity network, small enough for tests: four channels, few persons, few steps. */
import { mkdirSync } from 'node:fs';
import { type DataSet, ecgId } from '../../src/index.js';
import type { WindowPart } from '../../src/protocols/window-part.js';
import { type IdentityRecipe, resnet34Recipe } from '../../src/recipes/identity/identity-recipe.js';
import { ecgOf, writeEcgIdRecord } from '../synthetic-data-sets.js';

export const smallIdentityRecipe: IdentityRecipe = {
  ...resnet34Recipe('ecg-id/closed'),
  network: { name: 'resnet34', width: 4, stemStride: 4, crop: [60, 240], neck: true },
  persons: 3,
  windows: 4,
  steps: 4,
  augmentation: { jitter: { probability: 1, samples: 4 }, timeWarp: { probability: 0.5, factor: 0.05 } },
};

/** Hearts that look different to the eye. */
const hearts = [3, 6, 10, 5];

/** Signal of one of four persons, mV at 500 Hz unless `rate` says otherwise. */
export function signalOf(person: number, { rate = 500, seconds = 8, seed = 1 } = {}): Float32Array {
  return ecgOf(hearts[person]!, { rate, seconds, seed: 100 * person + seed, interval: 0.7 });
}

/** Writes ECG-ID with one date for each record of each of at most four persons, and lists it. */
export async function smallEcgId(
  dataDir: string,
  persons: readonly (readonly string[])[],
  { seconds = 8 } = {},
): Promise<DataSet> {
  mkdirSync(dataDir, { recursive: true });
  for (const [person, dates] of persons.entries()) {
    for (const [k, date] of dates.entries()) {
      const samples = signalOf(person, { seconds, seed: k });
      await writeEcgIdRecord(dataDir, { person: person + 1, record: k + 1, date, samples });
    }
  }
  return ecgId(dataDir);
}

/** The same part of all records. */
export function partsOf({ subjects }: DataSet, part = { from: 0, to: 1 }): WindowPart[] {
  return subjects.flatMap(({ records }) => records.map((record) => ({ record, part })));
}
