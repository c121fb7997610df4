/** Windows to calibrate on: of what a model was trained on, and of nothing else; persons take turns. */
import type { ModelMetadata } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { identityStretches } from '../../src/datasets/identity-stretches.js';
import {
  cutWindows,
  type DataSetRecord,
  ecgId,
  formatTrainingRecord,
  kalouskova,
  signalStretches,
  trainingWindows,
} from '../../src/index.js';
import { writeEcgId, writeKalouskova } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';

const identity: ModelMetadata = {
  rate: 250,
  normalize: 'z-score',
  window: { kind: 'identity', beats: 3, before: 150, after: 150 },
};
const trainedOn = (...records: string[]): ModelMetadata => ({ ...identity, training: { data: ['ecg-id'], records } });

const activityDir = temporaryFolder();
const nowhere = temporaryFolder();

const digits = (window: Float32Array) => window.join();

describe('of identity recordings', () => {
  const dataDir = temporaryFolder();
  let records: readonly DataSetRecord[];
  beforeAll(async () => {
    const dates = ['01.05.2005', '01.06.2005'];
    await writeEcgId(dataDir, [dates, dates, dates]);
    records = (await ecgId(dataDir)).subjects.flatMap((subject) => subject.records);
  });

  /** All windows of a record, so that it can be told where one is from. */
  async function windowsOf(id: string): Promise<string[]> {
    const record = records.find((one) => one.id === id)!;
    const stretches = await identityStretches(record, { normalize: 'z-score' });
    return stretches.flatMap(({ windows }) => windows.map(({ samples }) => digits(samples)));
  }

  test('none comes from a record that the metadata do not list, persons take turns', async () => {
    const listed = ['ecg-id/Person_01/rec_1', 'ecg-id/Person_01/rec_2', 'ecg-id/Person_03/rec_1'];
    const windows = await trainingWindows('m', trainedOn(...listed), { dataDir, count: 6 });
    expect(windows).toHaveLength(6);
    const sources = await Promise.all(listed.map(windowsOf));
    const counts = sources.map((source) => windows.filter((window) => source.includes(digits(window))).length);
    expect(counts).toEqual([2, 2, 2]);
    const two = await trainingWindows('m', trainedOn(...listed), { dataDir, count: 2 });
    const persons = two.map((window) => sources.findIndex((source) => source.includes(digits(window))));
    // One of each person, although the first has twice as many records.
    expect(persons.filter((index) => index < 2)).toHaveLength(1);
  });

  test('the same seed gives the same windows, another one others; no more than there are', async () => {
    const metadata = trainedOn('ecg-id/Person_01/rec_1', 'ecg-id/Person_02/rec_1', 'nstdb/em');
    const drawn = (seed: number, count: number) => trainingWindows('m', metadata, { dataDir, count, seed });
    expect(await drawn(1, 3)).toEqual(await drawn(1, 3));
    expect(await drawn(2, 3)).not.toEqual(await drawn(1, 3));
    const all = (await drawn(1, 1000)).map(digits);
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeLessThan(12);
    const steps: number[][] = [];
    await trainingWindows('m', metadata, { dataDir, count: 1000, onProgress: (...step) => steps.push(step) });
    expect(steps).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test.each<[string, ModelMetadata, RegExp]>([
    ['no training', identity, /m does not say what it was trained on/],
    ['no window', { training: { data: [], records: ['ecg-id/Person_01/rec_1'] } }, /edgebeat\.window.* missing/],
    ['records of others', trainedOn('ecg-id/Person_77/rec_1'), /none of the 1 records that m was trained on/],
    ['only noise', trainedOn('nstdb/em'), /none of the 1 records/],
  ])('metadata that tell of %s are refused', async (_, metadata, message) => {
    await expect(trainingWindows('m', metadata, { dataDir, count: 4 })).rejects.toThrow(message);
  });

  test('a folder without the data set is refused by its name', async () => {
    const metadata = trainedOn('ecg-id/Person_01/rec_1');
    const options = { dataDir: nowhere, count: 4 };
    await expect(trainingWindows('m', metadata, options)).rejects.toThrow(/does not hold the data set ecg-id/);
  });
});

test('activity windows end before the part that tests begins, do not overlap, and are z-scored', async () => {
  const names = ['01_01_klud', '01_01_beh', '02_01_klud'];
  writeKalouskova(activityDir, names);
  const part = { from: 0, to: 0.7 };
  const ids = names.map((name) => `kalouskova/${name.slice(0, 2)}/${name}`);
  const training = { data: ['kalouskova'], records: ids.map((id) => formatTrainingRecord({ id, part })) };
  const metadata = { rate: 250, normalize: 'z-score', window: { kind: 'activity', samples: 1000 }, training } as const;
  const windows = await trainingWindows('m', metadata, { dataDir: activityDir, count: 1000 });
  const records = (await kalouskova(activityDir)).subjects.flatMap((subject) => subject.records);
  const expected: string[] = [];
  for (const record of records)
    for (const stretch of await signalStretches(record, part))
      for (const { samples } of cutWindows(stretch, { length: 1000, hop: 1000 })) expected.push(digits(samples));
  // 21 s of each record hold five windows of 4 s.
  expect(expected).toHaveLength(15);
  expect(windows.map(digits).sort()).toEqual(expected.sort());
});
