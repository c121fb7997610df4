/** The recordings that DT4ECG trains on: which, which part of them, under which labels. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { DataSetError } from '../../src/datasets/data-set-error.js';
import { kalouskova } from '../../src/datasets/kalouskova.js';
import { signalStretches } from '../../src/datasets/stretches.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type Dt4EcgData, loadDt4EcgData } from '../../src/recipes/dt4ecg/dt4ecg-data.js';
import { writeKalouskova } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';

const dataDir = temporaryFolder();
const gapped = '02_01_beh';
const names = ['01_01_klud', '01_02_beh', '02_01_klud', '07_03_drepy'];

beforeAll(() => {
  writeKalouskova(dataDir, names, { seconds: 6 });
  writeKalouskova(dataDir, [gapped], { seconds: 6, gaps: [[2, 3]] });
});

const trainPart = { from: 0, to: 0.5 };
const validationPart = { from: 0.5, to: 0.75 };
const labelsOf = (some: Dt4EcgData['training']) => some.map(({ identity, activity }) => [identity, activity]);

describe('the data', () => {
  test('are the given parts of all recordings, gaps apart, labelled by person and activity', async () => {
    const data = await loadDt4EcgData(dataDir, { trainPart, validationPart });
    expect(data.persons).toEqual(['01', '02', '07']);
    expect(data.activities).toEqual(['rest', 'arms', 'walking', 'running', 'squats']);
    // The training part of the record with a gap is in two stretches, its validation part in one.
    expect(labelsOf(data.training)).toEqual([
      [0, 0],
      [0, 3],
      [1, 0],
      [1, 3],
      [1, 3],
      [2, 4],
    ]);
    expect(labelsOf(data.validation)).toEqual([
      [0, 0],
      [0, 3],
      [1, 0],
      [1, 3],
      [2, 4],
    ]);
  });

  test('name each recording with both parts: that which was watched chose the weights', async () => {
    const records = ['01/01_01_klud', '01/01_02_beh', '02/02_01_klud', '02/02_01_beh', '07/07_03_drepy'];
    const { trainingRecords } = await loadDt4EcgData(dataDir, { trainPart, validationPart });
    expect(trainingRecords).toEqual([
      ...records.map((record) => `kalouskova/${record}[0,0.5)`),
      ...records.map((record) => `kalouskova/${record}[0.5,0.75)`),
    ]);
  });

  test('are the filtered signal of those parts', async () => {
    const data = await loadDt4EcgData(dataDir, { trainPart, validationPart });
    const { subjects } = await kalouskova(dataDir);
    const record = subjects[2]!.records[0]!;
    const [train] = await signalStretches(record, trainPart);
    const [validation] = await signalStretches(record, validationPart);
    expect(digestOf(data.training.at(-1)!.samples)).toBe(digestOf(train!.samples));
    expect(digestOf(data.validation.at(-1)!.samples)).toBe(digestOf(validation!.samples));
    expect(data.training.at(-1)!.samples.length / 250).toBeCloseTo(3, 1);
    expect(data.validation.at(-1)!.samples.length / 250).toBeCloseTo(1.5, 1);
  });

  test('have no validation unless asked for, and name whole recordings without a part', async () => {
    const data = await loadDt4EcgData(dataDir, { trainPart: { from: 0, to: 1 } });
    expect(data.validation).toEqual([]);
    expect(data.trainingRecords[0]).toBe('kalouskova/01/01_01_klud');
  });

  test('leave out what is not included: a person without recordings is no class', async () => {
    const data = await loadDt4EcgData(dataDir, { trainPart, isIncluded: ({ subject }) => subject !== '02' });
    expect(data.persons).toEqual(['01', '07']);
    expect(labelsOf(data.training)).toEqual([
      [0, 0],
      [0, 3],
      [1, 4],
    ]);
    expect(data.trainingRecords.filter((record) => record.includes('/02/'))).toEqual([]);
    const gel = await loadDt4EcgData(dataDir, { trainPart, isIncluded: ({ electrode }) => electrode === '01' });
    expect(gel.trainingRecords).toHaveLength(3);
  });
});

describe('refused are', () => {
  test('recordings of which none is included', async () => {
    const loading = loadDt4EcgData(dataDir, { trainPart, isIncluded: () => false });
    await expect(loading).rejects.toThrow(RecipeError);
    await expect(loading).rejects.toThrow('no recording is left to train on');
  });

  test('parts that share samples', async () => {
    const loading = loadDt4EcgData(dataDir, { trainPart, validationPart: { from: 0.4, to: 0.7 } });
    await expect(loading).rejects.toThrow(RecipeError);
    await expect(loading).rejects.toThrow('the part to validate on, [0.4, 0.7), shares samples with');
  });

  test('a folder without the data set', async () => {
    await expect(loadDt4EcgData('/nowhere', { trainPart })).rejects.toThrow(DataSetError);
  });
});
