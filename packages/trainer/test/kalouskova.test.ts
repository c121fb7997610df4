import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openRecord, segmentChannel } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import {
  cutWindows,
  DataSetError,
  type KalouskovaRecord,
  kalouskova,
  kalouskovaActivities,
  type RecordPart,
  type SignalStretch,
  signalStretches,
} from '../src/index.js';
import { writeKalouskova } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();
const train: RecordPart = { from: 0, to: 0.7 };
const rest: RecordPart = { from: 0.7, to: 1 };
const window = { length: 1000, hop: 1000 };

async function recordsIn(dataDir: string): Promise<KalouskovaRecord[]> {
  return (await kalouskova(dataDir)).subjects.flatMap(({ records }) => records);
}

/** Recorded samples, from the record's begin, at which the first and the last sample of a stretch stand. */
function reach({ samples, recordedAt, recordedStep }: SignalStretch): [number, number] {
  return [recordedAt, recordedAt + (samples.length - 1) * recordedStep];
}

describe('kalouskova', () => {
  const dataDir = join(folder, 'listing');

  test('lists persons, electrodes and activities in the order of the classes', async () => {
    writeKalouskova(dataDir, ['02_01_beh', '01_02_klud', '01_01_drepy', '01_01_klud', '01_01_chodza'], { seconds: 3 });
    mkdirSync(join(dataDir, 'kalouskova', '01', 'labels'));
    writeFileSync(join(dataDir, 'kalouskova', '01', 'labels', '01_01_klud_2.csv'), '');
    const { name, complete, subjects } = await kalouskova(dataDir);
    expect({ name, complete }).toEqual({ name: 'kalouskova', complete: false });
    expect(
      subjects.map(({ name: subject, records }) => [subject, records.map((one) => `${one.electrode} ${one.activity}`)]),
    ).toEqual([
      ['01', ['01 rest', '01 walking', '01 squats', '02 rest']],
      ['02', ['01 running']],
    ]);
    expect(subjects[1]!.records[0]).toEqual({
      id: 'kalouskova/02/02_01_beh',
      subject: '02',
      session: '2024-03-26',
      electrode: '01',
      activity: 'running',
      path: join(dataDir, 'kalouskova', '02', '02_01_beh.csv'),
    });
  });

  test('finds the folder by itself, and inside the published repository', async () => {
    const published = join(folder, 'published');
    writeKalouskova(published, ['01_01_klud'], { seconds: 3 });
    const [{ id } = { id: '' }] = await recordsIn(join(published, 'kalouskova'));
    expect(id).toBe('kalouskova/01/01_01_klud');
    mkdirSync(join(published, 'DP'));
    renameSync(join(published, 'kalouskova'), join(published, 'DP', 'data'));
    for (const place of [published, join(published, 'DP')]) expect((await recordsIn(place))[0]?.id).toBe(id);
  });

  test('tells what is missing and where to get it', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const error = await kalouskova(empty).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataSetError);
    expect(error).toMatchObject({
      message: expect.stringContaining('01_01_klud.csv'),
      hint: expect.stringContaining('github.com/kalouskova/DP'),
    });
    await expect(kalouskova(join(folder, 'nowhere'))).rejects.toThrow('is not a folder');
  });

  test('refuses a recording that begins with no date and names it', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(join(odd, 'kalouskova', '01'), { recursive: true });
    writeFileSync(join(odd, 'kalouskova', '01', '01_01_klud.csv'), 'time;count\n');
    await expect(kalouskova(odd)).rejects.toThrow(join('01', '01_01_klud.csv'));
  });
});

describe('signalStretches and cutWindows', () => {
  const dataDir = join(folder, 'signals');
  const gap = [12, 5] as const;
  writeKalouskova(dataDir, ['01_01_klud'], { seconds: 40 });
  writeKalouskova(dataDir, ['01_01_beh'], { seconds: 40, rate: 495.9, gaps: [gap] });
  writeKalouskova(dataDir, ['01_01_drepy'], { seconds: 40, rate: 250 });

  test.each([
    ['without a gap', 0],
    ['with a gap', 1],
    ['at 250 Hz', 2],
  ])('gives, bit for bit, the windows of the signal path: %s', async (_, index) => {
    const record = (await recordsIn(dataDir))[index]!;
    const { channels, gaps } = await openRecord(record.path);
    expect(gaps).toHaveLength(index === 1 ? 1 : 0);
    const length = 500;
    // A window at every sample: whatever is cut must be among them, at its own place.
    const segments = segmentChannel(channels[0]!, gaps, { activity: { length, hop: 1 } });
    let compared = 0;
    for (const part of [train, rest, { from: 0.1, to: 0.9 }, { from: 0, to: 1 }]) {
      for (const stretch of await signalStretches(record, part)) {
        const segment = segments.findLast(({ firstSample }) => firstSample <= stretch.recordedAt)!;
        for (const { samples, start } of cutWindows(stretch, { length, hop: 431 })) {
          const end = stretch.position + start + length - 1;
          const served = segment.activityWindows[end - (length - 1)]!;
          expect(served.end).toBe(end);
          expect(Buffer.from(samples.buffer).equals(Buffer.from(served.samples.buffer))).toBe(true);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(40);
  });

  test('takes the whole record apart into neighbouring parts, sample by sample', async () => {
    for (const record of await recordsIn(dataDir)) {
      const whole = await signalStretches(record);
      const pieces: number[] = [];
      for (const part of [train, { from: 0.7, to: 0.83 }, { from: 0.83, to: 1 }]) {
        for (const { samples } of await signalStretches(record, part)) pieces.push(...samples);
      }
      expect(pieces).toEqual(whole.flatMap(({ samples }) => [...samples]));
    }
  });

  test('begins the test part at the first sample after the cut, and after a gap with the signal', async () => {
    const [, gappy] = await recordsIn(dataDir);
    const count = (await openRecord(gappy!.path)).channels[0]!.samples.length;
    const [early, late] = await signalStretches(gappy!, train);
    expect(early!.position).toBe(0);
    expect(late!.position).toBe(0);
    expect(late!.recordedAt).toBe(Math.ceil(12 * 495.9));
    expect(reach(late!)[1]).toBeLessThan(0.7 * count);
    const [test, ...none] = await signalStretches(gappy!, rest);
    expect(none).toEqual([]);
    const cut = Math.round(0.7 * count);
    expect(test!.recordedAt).toBeGreaterThanOrEqual(cut);
    expect(test!.recordedAt).toBeLessThan(cut + test!.recordedStep);
    // 12 s of 40 s are left: three windows of 4 s less the samples that the resampler waits for.
    expect(cutWindows(test!, window)).toHaveLength(2);
    expect(cutWindows(test!, { length: 990, hop: 990 })).toHaveLength(3);
  });

  test('is in millivolts and carries the labels', async () => {
    const [stretch] = await signalStretches((await recordsIn(dataDir))[0]!);
    expect(stretch!.record).toMatchObject({ subject: '01', electrode: '01', activity: 'rest' });
    const peak = Math.max(...stretch!.samples);
    // The QRS complex of this heart is about a millivolt high; the band takes a part of so narrow a peak.
    expect(peak).toBeGreaterThan(0.4);
    expect(peak).toBeLessThan(1.6);
  });

  test('cuts overlapping windows, all that fit and none that does not', () => {
    const samples = Float32Array.from({ length: 25 }, (_, i) => Math.sin(i * i));
    const starts = (length: number, hop: number) => cutWindows({ samples }, { length, hop }).map(({ start }) => start);
    expect(starts(10, 5)).toEqual([0, 5, 10, 15]);
    expect(starts(10, 10)).toEqual([0, 10]);
    expect(starts(5, 10)).toEqual([0, 10, 20]);
    expect(starts(26, 1)).toEqual([]);
    for (const bad of [0, -1, 1.5, Number.NaN]) {
      expect(() => starts(bad, 1)).toThrow(DataSetError);
      expect(() => starts(1, bad)).toThrow(DataSetError);
    }
  });

  test('refuses what is no part', async () => {
    const [record] = await recordsIn(dataDir);
    await expect(signalStretches(record!, { from: 0.7, to: 0.7 })).rejects.toThrow(DataSetError);
  });
});

describeWithRecordings('kalouskova', 'Kalouskova as published', (recordings) => {
  test('has 10 persons, 3 electrodes and 5 activities, one record of each', async () => {
    const { subjects, complete } = await kalouskova(recordings);
    const records = subjects.flatMap((subject) => subject.records);
    expect([subjects.length, records.length, complete]).toEqual([10, 150, true]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(150);
    for (const { records: own } of subjects) {
      expect(own.map(({ activity }) => activity)).toEqual([1, 2, 3].flatMap(() => kalouskovaActivities));
      expect(new Set(own.map(({ session }) => session)).size).toBe(1);
    }
  });

  test('the first 70 % and the last 30 % share no recorded sample; test windows touch, none is left out', async () => {
    // The persons with the large gaps, and one without.
    const records = (await recordsIn(recordings)).filter(({ subject }) => ['01', '06', '10'].includes(subject));
    for (const record of records) {
      const trained = (await signalStretches(record, train)).flatMap(reach);
      const tested = await signalStretches(record, rest);
      expect(Math.max(...trained)).toBeLessThan(Math.min(...tested.flatMap(reach)));
      for (const { samples } of tested) {
        const starts = cutWindows({ samples }, window).map(({ start }) => start);
        expect(starts).toEqual(Array.from({ length: Math.floor(samples.length / 1000) }, (_, i) => 1000 * i));
      }
    }
  }, 180_000);
});
