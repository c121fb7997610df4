/** The readers on the published recordings, held against what their publishers state. */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../../testing/recordings.js';
import {
  annotationSymbols,
  listRecords,
  openRecord,
  parseWfdbHeader,
  readAnnotations,
  wfdbChecksums,
} from '../../src/records/index.js';

/** The header as it stands, and its checksums beside those of the samples. */
async function inspect(record: string) {
  const header = parseWfdbHeader(await readFile(`${record}.hea`, 'utf8'));
  const files = new Map<string, Uint8Array>();
  for (const { fileName } of header.signals) files.set(fileName, await readFile(join(dirname(record), fileName)));
  const checksums = wfdbChecksums(header, files);
  return { header, isIntact: checksums.every(({ declared, actual }) => declared === actual) };
}

/** Names of the records whose checksums or initial values disagree with the samples, and the count of all records. */
async function disagreeing(folder: string) {
  const records = await listRecords(folder);
  const wrong: string[] = [];
  for (const path of records) {
    const { header, isIntact } = await inspect(path);
    const { channels } = await openRecord(path);
    const startsAsStated = header.signals.every(({ gain = 200, baseline, initialValue }, i) => {
      return Math.abs(channels[i]!.samples[0]! * gain + baseline - initialValue) < 0.01;
    });
    expect(channels.every(({ samples }) => samples.length === header.frames)).toBe(true);
    expect(channels.every(({ units }) => units === 'mV')).toBe(true);
    // Where the checksum is wrong upstream the initial value is too: the header belongs to other samples.
    expect(startsAsStated).toBe(isIntact);
    if (!isIntact) wrong.push(relative(folder, path));
  }
  return { count: records.length, wrong };
}

describeWithRecordings('mitdb', 'MIT-BIH Arrhythmia (format 212)', (folder) => {
  test('every sample is as the header sums it up', async () => {
    expect(await disagreeing(folder)).toEqual({ count: 22, wrong: [] });
  });

  test('annotation files hold the beats that the database directory counts', async () => {
    // The directory counts flutter waves and blocked P waves along with the beats.
    const extra: Record<string, number> = { 108: 11, 118: 10, 201: 37, 207: 472 };
    const counts: Record<string, number> = {};
    for (const path of await listRecords(folder)) {
      const record = relative(folder, path);
      const symbols = (await readAnnotations(path)).map(({ symbol }) => symbol);
      counts[record] = symbols.filter((symbol) => annotationSymbols.isBeat(symbol) || '!x'.includes(symbol)).length;
      expect(symbols.filter((symbol) => '!x'.includes(symbol))).toHaveLength(extra[record] ?? 0);
    }
    // biome-ignore format: a table is easier to compare with the directory
    expect(counts).toEqual({
      101: 1865, 106: 2027, 108: 1774, 109: 2532, 112: 2539, 114: 1879, 115: 1953, 116: 2412, 118: 2288, 119: 1987,
      122: 2476, 124: 1619, 201: 2000, 203: 2980, 205: 2656, 207: 2332, 208: 2955, 209: 3005, 215: 3363, 220: 2048,
      223: 2605, 230: 2256,
    });
  });

  test('record 207 has its six episodes of ventricular flutter', async () => {
    const annotations = await readAnnotations(join(folder, '207'));
    const count = (wanted: string) => annotations.filter(({ symbol }) => symbol === wanted).length;
    expect([count('['), count('!'), count(']')]).toEqual([6, 472, 6]);
    const rhythms = new Set(annotations.filter(({ symbol }) => symbol === '+').map(({ aux }) => aux));
    expect([...rhythms].sort()).toEqual(['(B', '(IVR', '(N', '(SVTA', '(VFL', '(VT']);
  });

  test('thirty minutes of two leads are read in less than 100 ms', async () => {
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
      const before = performance.now();
      await openRecord(join(folder, '101'));
      times.push(performance.now() - before);
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });
});

describeWithRecordings('nstdb', 'MIT-BIH Noise Stress Test', (folder) => {
  test('every sample is as the header sums it up', async () => {
    expect(await disagreeing(folder)).toEqual({ count: 4, wrong: [] });
  });

  test('noise without a gain says that its scale is assumed', async () => {
    const noise = await openRecord(join(folder, 'em'));
    expect(noise.channels.map(({ name, assumedGain }) => [name, assumedGain])).toEqual([
      ['noise1', 200],
      ['noise2', 200],
    ]);
    const ecg = await openRecord(join(folder, '118e_6'));
    expect(ecg.channels[0]).not.toHaveProperty('assumedGain');
  });

  test('the noisy record has the beats of the clean one', async () => {
    const annotations = await readAnnotations(join(folder, '118e_6'));
    expect(annotations.filter(({ symbol }) => annotationSymbols.isBeat(symbol))).toHaveLength(2278);
  });
});

describeWithRecordings('ecg-id', 'ECG-ID (format 16)', (folder) => {
  test('310 records; 11 disagree with their header upstream', async () => {
    const { count, wrong } = await disagreeing(folder);
    expect(count).toBe(310);
    expect(wrong).toHaveLength(11);
    expect(wrong).toContain('Person_13/rec_2');
    await expect(openRecord(join(folder, 'Person_13/rec_2'), { verifyChecksum: true })).rejects.toMatchObject({
      field: 'checksum of ECG I',
    });
  });

  test('90 persons, with age, sex and ten beats a record', async () => {
    const persons = new Set<string>();
    for (const path of await listRecords(folder)) {
      const { labels, channels } = await openRecord(path);
      persons.add(labels.person!);
      expect(labels.age).toMatch(/^\d+$/);
      expect(labels.sex).toMatch(/^(fe)?male$/);
      expect(channels.map(({ name, rate, samples }) => [name, rate, samples.length])).toEqual([
        ['ECG I', 500, 10_000],
        ['ECG I filtered', 500, 10_000],
      ]);
      expect((await readAnnotations(path)).filter(({ symbol }) => annotationSymbols.isBeat(symbol))).toHaveLength(10);
    }
    expect(persons.size).toBe(90);
  });
});

describeWithRecordings('ptbdb', 'PTB Diagnostic', (folder) => {
  test('47 records of 35 patients, every sample as the header sums it up', async () => {
    expect(await disagreeing(folder)).toEqual({ count: 47, wrong: [] });
    const patients = new Set<string>();
    for (const path of await listRecords(folder)) patients.add((await openRecord(path)).labels.person!);
    expect(patients.size).toBe(35);
  });
});

describeWithRecordings('heartprint', 'Heartprint', (folder) => {
  test('1539 records of 199 persons; the beats of the device lie on R peaks', async () => {
    const persons = new Set<string>();
    const sessions: Record<string, number> = {};
    let beats = 0;
    let onPeak = 0;
    for (const path of await listRecords(folder)) {
      const { labels, channels, annotations = [], start } = await openRecord(path);
      persons.add(labels.person!);
      sessions[labels.session!] = (sessions[labels.session!] ?? 0) + 1;
      const { samples } = channels[0]!;
      expect(samples).toHaveLength(3747);
      expect(start?.getUTCFullYear()).toBeGreaterThanOrEqual(2012);
      expect(start?.getUTCFullYear()).toBeLessThanOrEqual(2022);
      for (const { sample } of annotations) {
        const around = samples.slice(Math.max(0, sample - 25), sample + 26).sort();
        beats++;
        if (samples[sample] === around.at(-1)) onPeak++;
      }
    }
    expect(persons.size).toBe(199);
    expect(sessions).toEqual({ 1: 476, 2: 464, '3L': 234, '3R': 365 });
    expect(beats).toBeGreaterThan(31_000);
    expect(onPeak / beats).toBeGreaterThan(0.95);
  });
});

describeWithRecordings('kalouskova', 'Kalouskova', (folder) => {
  test('150 recordings: rates, the three large gaps, artefact levels', async () => {
    const gaps: Record<string, number[]> = {};
    const kinds: Record<string, number> = {};
    const records = await listRecords(folder);
    expect(records).toHaveLength(150);
    for (const path of records) {
      const record = await openRecord(path);
      const { rate, samples } = record.channels[0]!;
      expect(rate).toBeGreaterThan(495.9);
      expect(rate).toBeLessThan(498.6);
      const sorted = samples.slice().sort();
      expect(sorted[0]).toBeGreaterThan(-2.0481);
      expect(sorted.at(-1)).toBeLessThan(2.0471);
      if (record.gaps.length > 0) gaps[record.name] = record.gaps.map(({ seconds }) => Math.round(seconds * 10) / 10);
      const kind = `${record.labels.electrode} ${record.labels.activity}`;
      kinds[kind] = (kinds[kind] ?? 0) + 1;
      expect(record.artefactLevels?.[0]).toMatchObject({ start: 0, end: 1000 });
      expect(record.artefactLevels?.at(-1)?.end).toBe(1000 * Math.floor(samples.length / 1000));
    }
    expect(gaps).toEqual({ '06_01_chodza': [22.5], '10_01_klud': [9.2], '10_03_drepy': [5.9] });
    expect(Object.keys(kinds)).toHaveLength(15);
    expect(new Set(Object.values(kinds))).toEqual(new Set([10]));
  });
});
