/** PTB: patients, records and dates by the headers, and what is told where they are not there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRecord, writeWfdbRecord } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { ptb } from '../src/index.js';
import { refusal } from './refusal.js';
import { ecgOf } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

/** Writes a record of one lead. */
async function writePtbRecord(dataSet: string, patient: string, name: string, comments: string[]): Promise<void> {
  const samples = ecgOf(1, { rate: 1000, seconds: 1, seed: 1 });
  await writeWfdbRecord(join(dataSet, patient), {
    name,
    channels: [{ name: 'i', units: 'mV', rate: 1000, samples }],
    comments,
  });
}

describe('ptb', () => {
  const dataDir = join(folder, 'listing');
  const dataSet = join(dataDir, 'ptbdb');

  test('lists patients and records in order, days from the headers, "undated" without one', async () => {
    await writePtbRecord(dataSet, 'patient010', 's0099lre', ['age: 81', 'ECG date: 01/10/1990', 'Diagnose:']);
    await writePtbRecord(dataSet, 'patient010', 's0100lre', ['age: 81', 'ECG date: 17/02/1991']);
    await writePtbRecord(dataSet, 'patient002', 's0015lre', ['age: 58', 'ECG date: n/a', 'Admission date: 01/02/1990']);
    await writePtbRecord(dataSet, 'patient002', 's0016_re', []);
    // Neither a patient nor a record.
    mkdirSync(join(dataSet, 'patient003'));
    mkdirSync(join(dataSet, 'doc'));
    writeFileSync(join(dataSet, 'patient010', 'README.hea'), '');
    const { name, complete, subjects } = await ptb(dataDir);
    expect({ name, complete }).toEqual({ name: 'ptbdb', complete: false });
    expect(subjects.map((subject) => [subject.name, subject.records.map(({ session }) => session)])).toEqual([
      ['patient002', ['undated', 'undated']],
      ['patient010', ['1990-10-01', '1991-02-17']],
    ]);
    expect(subjects[1]!.records[0]).toEqual({
      id: 'ptbdb/patient010/s0099lre',
      subject: 'patient010',
      session: '1990-10-01',
      path: join(dataSet, 'patient010', 's0099lre'),
    });
    const { channels } = await openRecord(subjects[1]!.records[0]!.path);
    expect(channels[0]).toMatchObject({ name: 'i', rate: 1000 });
  });

  test('takes the folder itself, too', async () => {
    expect(await ptb(dataSet)).toEqual(await ptb(dataDir));
  });

  test('takes the folder by the name it is published under', async () => {
    const published = join(folder, 'published');
    await writePtbRecord(join(published, 'ptb-diagnostic-ecg-database-1.0.0'), 'patient001', 's0010_re', []);
    expect((await ptb(published)).subjects.map((subject) => subject.name)).toEqual(['patient001']);
  });
});

describe('refused is', () => {
  test('a folder without patients: it tells the layout and where to get it', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(join(empty, 'ptbdb'), { recursive: true });
    const error = await refusal(ptb(empty));
    expect(error.message).toContain(`${empty} does not hold the data set ptbdb`);
    expect(error.message).toContain('patient001/s0010_re.hea');
    expect(error.hint).toContain('physionet.org/content/ptbdb');
  });

  test('patients without records', async () => {
    const bare = join(folder, 'bare');
    mkdirSync(join(bare, 'ptbdb', 'patient001'), { recursive: true });
    expect((await refusal(ptb(bare))).message).toContain('does not hold the data set ptbdb');
  });

  test('no folder', async () => {
    expect((await refusal(ptb(join(folder, 'nowhere')))).message).toContain('is not a folder');
  });

  test('a patient that is no folder, by name', async () => {
    const odd = join(folder, 'odd');
    await writePtbRecord(join(odd, 'ptbdb'), 'patient001', 's0010_re', []);
    writeFileSync(join(odd, 'ptbdb', 'patient002'), '');
    expect((await refusal(ptb(odd))).message).toContain(join('ptbdb', 'patient002'));
  });

  test('a header that is none, by name', async () => {
    const broken = join(folder, 'broken');
    await writePtbRecord(join(broken, 'ptbdb'), 'patient001', 's0010_re', []);
    const header = join(broken, 'ptbdb', 'patient001', 's0010_re.hea');
    writeFileSync(header, 'nonsense\n');
    await expect(ptb(broken)).rejects.toThrow(header);
  });
});

describeWithRecordings('ptbdb', 'PTB on disk', (recordings) => {
  test('has dated records, lead i first, a thousand samples a second; patient001 was there on three days', async () => {
    const { subjects } = await ptb(recordings);
    const records = subjects.flatMap((subject) => subject.records);
    for (const { session } of records) expect(session).toMatch(/^(19\d\d-(0[1-9]|1[0-2])-[0-3]\d|undated)$/);
    const first = subjects.find(({ name }) => name === 'patient001')!;
    expect(first.records.map(({ session }) => session)).toEqual(['1990-10-01', '1990-10-17', '1990-10-18']);
    const { channels } = await openRecord(first.records[0]!.path);
    expect(channels[0]).toMatchObject({ name: 'i', rate: 1000 });
  });

  test('lists the records of a patient in the order of recording', async () => {
    const { subjects } = await ptb(recordings);
    for (const { records } of subjects) {
      const days = records.map(({ session }) => session).filter((session) => session !== 'undated');
      expect(days).toEqual([...days].sort());
    }
  });
});
