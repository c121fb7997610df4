/** Scenarios with recordings of real persons: which data set a folder holds. */
import { DataSetError } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import { ecgIdScenario } from './ecg-id-scenario.js';
import { kalouskovaScenario } from './kalouskova-scenario.js';
import type { Scenario } from './scenario.js';

const scenarios = { 'ecg-id': ecgIdScenario, kalouskova: kalouskovaScenario } as const;

export type RecordedDataSet = keyof typeof scenarios;

/** In the order in which a folder is searched for them. */
export const recordedDataSets = Object.keys(scenarios) as readonly RecordedDataSet[];

/**
 * @param seconds how long it lasts. @param dataDir folder of a data set, or the one above it. @param seed chooses the persons.
 * @param dataSet which one; the first that the folder holds, where not given.
 * @throws DataSetError when the data set is not there, UsageError when none is, or it has too few persons.
 */
export async function recordedScenario(
  seconds: number,
  dataDir: string,
  seed: string,
  dataSet?: RecordedDataSet,
): Promise<Scenario> {
  if (dataSet !== undefined) return scenarios[dataSet](seconds, dataDir, seed);
  const misses: DataSetError[] = [];
  for (const name of recordedDataSets) {
    try {
      return await scenarios[name](seconds, dataDir, seed);
    } catch (error) {
      if (!(error instanceof DataSetError)) throw error;
      misses.push(error);
    }
  }
  throw new UsageError(misses[0]!.message, misses.map(({ hint }) => hint).join(' Or: '));
}
