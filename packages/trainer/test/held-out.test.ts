/** The persons on whom no weights are trained: how many, that they are there, and which of them had to be among them. */
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { type DataSet, ecgId, heartprint, heldOutSubjects, isHeldOut, ptb } from '../src/index.js';

test.each([
  ['ecg-id', 30, /^Person_\d\d$/],
  ['heartprint', 49, /^\d{3}$/],
  ['ptbdb', 12, /^patient\d{3}$/],
])('of %s are %i persons', (name, count, pattern) => {
  const subjects = heldOutSubjects[name]!;
  expect(subjects).toHaveLength(count);
  expect(new Set(subjects).size).toBe(count);
  for (const subject of subjects) expect(subject).toMatch(pattern);
});

test('a record is held out by its data set and its person', () => {
  const isOut = (id: string, subject: string) => isHeldOut({ id, subject });
  expect(isOut('ecg-id/Person_01/rec_1', 'Person_01')).toBe(true);
  expect(isOut('ecg-id/Person_03/rec_1', 'Person_03')).toBe(false);
  expect(isOut('heartprint/Session-1/004/20120509_0450_00_ECG', '004')).toBe(true);
  expect(isOut('heartprint/Session-1/005/20120509_0450_00_ECG', '005')).toBe(false);
  expect(isOut('ptbdb/patient001/s0010_re', 'patient001')).toBe(true);
  // The same name in another data set is another person.
  expect(isOut('kalouskova/004/x', '004')).toBe(false);
  expect(isOut('kalouskova/01/01_01_beh', '01')).toBe(false);
});

/** Names of the persons of a data set for whom something holds. */
const namesOf = ({ subjects }: DataSet, holds: (subject: DataSet['subjects'][number]) => boolean = () => true) =>
  subjects.filter(holds).map(({ name }) => name);

const wasSeenOnSeveralDates = ({ records }: DataSet['subjects'][number]) =>
  new Set(records.map(({ session }) => session)).size > 1;

describeWithRecordings('ecg-id', 'of ECG-ID as published', (recordings) => {
  test('they exist, with all 20 persons of several dates, and with none of their records left to train', async () => {
    const dataSet = await ecgId(recordings);
    expect(namesOf(dataSet)).toEqual(expect.arrayContaining([...heldOutSubjects['ecg-id']!]));
    const severalDates = namesOf(dataSet, wasSeenOnSeveralDates);
    expect(severalDates).toHaveLength(20);
    expect(heldOutSubjects['ecg-id']).toEqual(expect.arrayContaining(severalDates));
    const held = namesOf(dataSet, ({ records }) => records.every(isHeldOut));
    expect(held).toEqual(heldOutSubjects['ecg-id']);
    expect(namesOf(dataSet, ({ records }) => records.some(isHeldOut))).toEqual(held);
  });
});

describeWithRecordings('heartprint', 'of Heartprint as published', (recordings) => {
  test('they exist: every fourth person', async () => {
    const dataSet = await heartprint(recordings);
    expect(namesOf(dataSet)).toEqual(expect.arrayContaining([...heldOutSubjects.heartprint!]));
    expect(namesOf(dataSet).filter((_, index) => index % 4 === 3)).toEqual(heldOutSubjects.heartprint);
    expect(namesOf(dataSet, ({ records }) => records.every(isHeldOut))).toEqual(heldOutSubjects.heartprint);
  });
});

describeWithRecordings('ptbdb', 'of PTB', (recordings) => {
  test('they exist, with those of several dates', async () => {
    const dataSet = await ptb(recordings);
    expect(namesOf(dataSet)).toEqual(expect.arrayContaining([...heldOutSubjects.ptbdb!]));
    const severalDates = namesOf(dataSet, wasSeenOnSeveralDates);
    expect(severalDates.length).toBeGreaterThanOrEqual(4);
    expect(heldOutSubjects.ptbdb).toEqual(expect.arrayContaining(severalDates));
    expect(namesOf(dataSet, ({ records }) => records.every(isHeldOut))).toEqual(heldOutSubjects.ptbdb);
  });
});
