/** The recordings that an identity network trains on: whose windows, under which names. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { identityStretches } from '../../src/datasets/identity-stretches.js';
import { type DataSet, heartprint } from '../../src/index.js';
import type { WindowPart } from '../../src/protocols/window-part.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { writeEcgIdRecord, writeHeartprint } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId } from './small-identity-recipe.js';

const dataDir = temporaryFolder();
const date = '01.12.2004';
let dataSet: DataSet;
/** Two records of the first person, one each of the second and third; the third's shows no heart. */
let parts: WindowPart[];

beforeAll(async () => {
  await writeEcgIdRecord(dataDir, { person: 3, record: 1, date, samples: new Float32Array(3000) });
  dataSet = await smallEcgId(dataDir, [[date, date], [date]]);
  parts = partsOf(dataSet, { from: 0, to: 0.7 });
});

/** Where its windows are cut from, record by record. */
const windowsOf = ({ records }: Pick<IdentityData, 'records'>) =>
  records.map(({ windows }) => windows.map(({ signal, starts }) => `${digestOf(signal)} ${starts}`));

async function expectedWindows({ record, part }: WindowPart): Promise<string[]> {
  const stretches = await identityStretches(record, { part, normalize: 'min-max' });
  return stretches.flatMap(({ signal, windows }) => windows.map(({ starts }) => `${digestOf(signal)} ${starts}`));
}

describe('the data', () => {
  test('are the windows of the parts, record by record, with the number of the person', async () => {
    const data = await loadIdentityData(parts);
    expect(data.records.map(({ person }) => person)).toEqual([0, 0, 1]);
    const expected = await Promise.all(parts.slice(0, 3).map(expectedWindows));
    expect(windowsOf(data)).toEqual(expected);
    for (const windows of expected) expect(windows.length).toBeGreaterThan(2);
  });

  test('name every person and recording given, with or without a window', async () => {
    const data = await loadIdentityData(parts);
    expect(data.persons).toEqual(['Person_01', 'Person_02', 'Person_03']);
    expect(data.dataSets).toEqual(['ecg-id']);
    expect(data.trainingRecords).toEqual([
      'ecg-id/Person_01/rec_1[0,0.7)',
      'ecg-id/Person_01/rec_2[0,0.7)',
      'ecg-id/Person_02/rec_1[0,0.7)',
      'ecg-id/Person_03/rec_1[0,0.7)',
    ]);
    const whole = await loadIdentityData(partsOf(dataSet));
    expect(whole.trainingRecords[0]).toBe('ecg-id/Person_01/rec_1');
  });

  test('name persons with their data set where there are several', async () => {
    writeHeartprint(dataDir, [{ 1: 1, 2: 1 }]);
    const both = [...parts, ...partsOf(await heartprint(dataDir))];
    const data = await loadIdentityData(both);
    expect(data.persons).toEqual(['ecg-id/Person_01', 'ecg-id/Person_02', 'ecg-id/Person_03', 'heartprint/001']);
    expect(data.dataSets).toEqual(['ecg-id', 'heartprint']);
    expect(data.records.map(({ person }) => person)).toEqual([0, 0, 1, 3, 3]);
    expect(data.trainingRecords.slice(4)).toEqual([
      'heartprint/Session-1/001/20120509_0450_00_ECG',
      'heartprint/Session-2/001/20120509_0450_00_ECG',
    ]);
  });

  test('hold those windows alone that a part includes, by their number', async () => {
    const everyThird = parts.map((part) => ({ ...part, includes: (window: number) => window % 3 === 1 }));
    const expected = await Promise.all(parts.slice(0, 3).map(expectedWindows));
    expect(windowsOf(await loadIdentityData(everyThird))).toEqual(
      expected.map((windows) => windows.filter((_, index) => index % 3 === 1)),
    );
  });

  test('leave out a record of which nothing is included', async () => {
    const [first, ...others] = parts;
    const data = await loadIdentityData([{ ...first!, includes: () => false }, ...others]);
    expect(data.records.map(({ person }) => person)).toEqual([0, 1]);
  });
});

describe('refused are', () => {
  test('recordings of one person', async () => {
    const loading = loadIdentityData(parts.slice(0, 2));
    await expect(loading).rejects.toThrow(RecipeError);
    await expect(loading).rejects.toThrow('recordings of 1 persons hold three consecutive beats');
  });

  test('recordings of two persons, one of whom shows no heart', async () => {
    await expect(loadIdentityData(parts.slice(2))).rejects.toThrow('recordings of 1 persons');
  });

  test('no recordings', async () => {
    await expect(loadIdentityData([])).rejects.toThrow('recordings of 0 persons');
  });

  test('a record that is not there, by name', async () => {
    const [{ record }] = parts as [WindowPart];
    const gone = { record: { ...record, path: `${record.path}0` }, part: { from: 0, to: 1 } };
    await expect(loadIdentityData([...parts, gone])).rejects.toThrow('rec_10');
  });
});

test('a record in parts is listed part by part, each with windows of its own', async () => {
  const [{ record }, , second] = parts as [WindowPart, WindowPart, WindowPart];
  const halves = [
    { record, part: { from: 0, to: 0.5 } },
    { record, part: { from: 0.5, to: 1 } },
  ];
  const data = await loadIdentityData([...halves, second]);
  expect(data.trainingRecords).toEqual([
    'ecg-id/Person_01/rec_1[0,0.5)',
    'ecg-id/Person_01/rec_1[0.5,1)',
    'ecg-id/Person_02/rec_1[0,0.7)',
  ]);
  expect(data.records.map(({ person }) => person)).toEqual([0, 0, 1]);
  expect(windowsOf(data).slice(0, 2)).toEqual(await Promise.all(halves.map(expectedWindows)));
});
