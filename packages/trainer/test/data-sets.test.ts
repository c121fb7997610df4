import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { ecgId, heartprint, identityWindows } from '../src/index.js';
import { refusal } from './refusal.js';
import { writeEcgId, writeHeartprint } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

describe('ecgId', () => {
  const dataDir = join(folder, 'listing');

  test('lists persons and records in the order of recording, dates from the headers', async () => {
    const dates = Array.from({ length: 11 }, (_, k) => `${String(k + 1).padStart(2, '0')}.12.2004`);
    await writeEcgId(dataDir, [dates, ['05.04.2005']]);
    const { name, subjects, complete } = await ecgId(dataDir);
    expect({ name, complete }).toEqual({ name: 'ecg-id', complete: false });
    expect(subjects.map((subject) => [subject.name, subject.records.length])).toEqual([
      ['Person_01', 11],
      ['Person_02', 1],
    ]);
    expect(subjects[0]!.records.at(-1)).toEqual({
      id: 'ecg-id/Person_01/rec_11',
      subject: 'Person_01',
      session: '2004-12-11',
      path: join(dataDir, 'ecg-id', 'Person_01', 'rec_11'),
    });
    expect(await ecgId(join(dataDir, 'ecg-id'))).toEqual(await ecgId(dataDir));
  });

  test('its records give windows that share no beat', async () => {
    const [first] = (await ecgId(dataDir)).subjects[0]!.records;
    const metadata = {
      rate: 250,
      window: { kind: 'identity', beats: 3, before: 150, after: 150 },
      normalize: 'min-max',
    };
    const windows = await identityWindows(first!, metadata as Parameters<typeof identityWindows>[1]);
    // 12 s at 75 beats a minute are 15 beats, less what start and end cut off.
    expect(windows.length).toBeGreaterThanOrEqual(3);
    expect(windows.length).toBeLessThanOrEqual(5);
    for (const window of windows) {
      expect(window).toHaveLength(900);
      for (const beat of [0, 1, 2]) {
        const samples = window.subarray(300 * beat, 300 * (beat + 1));
        expect([Math.min(...samples), Math.max(...samples)]).toEqual([0, 1]);
        expect(samples.indexOf(1)).toBeGreaterThan(145);
        expect(samples.indexOf(1)).toBeLessThan(155);
      }
    }
    expect(windows[0]).not.toEqual(windows[1]);
  });

  test('tells what is missing and where to get it', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const error = await refusal(ecgId(empty));
    expect(error.message).toContain(empty);
    expect(error.message).toContain('Person_01');
    expect(error.hint).toContain('physionet.org');
    expect((await refusal(ecgId(join(folder, 'nowhere')))).message).toContain('is not a folder');
  });

  test('refuses a person that is no folder and names it', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(join(odd, 'ecg-id'), { recursive: true });
    writeFileSync(join(odd, 'ecg-id', 'Person_01'), '');
    expect((await refusal(ecgId(odd))).message).toContain(join('ecg-id', 'Person_01'));
  });

  test('refuses a header without a date and names it', async () => {
    const undated = join(folder, 'undated');
    await writeEcgId(undated, [['05.04.2005']]);
    const header = join(undated, 'ecg-id', 'Person_01', 'rec_1.hea');
    writeFileSync(header, readFileSync(header, 'utf8').replace(/^# ECG date.*\n/m, ''));
    expect((await refusal(ecgId(undated))).message).toContain(header);
  });
});

describe('heartprint', () => {
  test('lists persons with their records of all sessions', async () => {
    const dataDir = join(folder, 'fingers');
    writeHeartprint(dataDir, [
      { 1: 2, 2: 1 },
      { 1: 1, '3R': 1 },
    ]);
    const { subjects } = await heartprint(dataDir);
    expect(subjects.map(({ name, records }) => [name, records.map(({ session }) => session)])).toEqual([
      ['001', ['1', '1', '2']],
      ['002', ['1', '3R']],
    ]);
    expect(subjects[0]!.records[0]!.id).toBe('heartprint/Session-1/001/20120509_0450_00_ECG');
  });

  test('tells what is missing and where to get it', async () => {
    const error = await refusal(heartprint(join(folder, 'empty')));
    expect(error.message).toContain('Session-1');
    expect(error.hint).toContain('doi.org/10.6084');
  });
});

describeWithRecordings('ecg-id', 'ECG-ID as published', (recordings) => {
  test('has 90 persons and 310 records; Person_74 has one; 83 are of another day than the first', async () => {
    const { subjects, complete } = await ecgId(dirname(recordings));
    const records = subjects.flatMap((subject) => subject.records);
    expect([subjects.length, records.length, complete]).toEqual([90, 310, true]);
    expect(subjects.filter((subject) => subject.records.length === 1).map(({ name }) => name)).toEqual(['Person_74']);
    const first = new Map(subjects.map(({ name, records: [earliest] }) => [name, earliest!.session]));
    expect(records.filter(({ subject, session }) => session !== first.get(subject))).toHaveLength(83);
  });
});

describeWithRecordings('heartprint', 'Heartprint as published', (recordings) => {
  test('has 199 persons and, its 139 copies left out, 1,400 records', async () => {
    const { subjects, complete } = await heartprint(recordings);
    const records = subjects.flatMap((subject) => subject.records);
    expect([subjects.length, records.length, complete]).toEqual([199, 1400, true]);
    const took = (wanted: string) => subjects.filter((one) => one.records.some(({ session }) => session === wanted));
    expect(['1', '2', '3L', '3R'].map((session) => took(session).length)).toEqual([199, 197, 78, 64]);
  });
});
