/** The file layer, on a temporary folder that holds one small recording of every format. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listRecords, openRecord, RecordError, readAnnotations, writeWfdbRecord } from '../../src/records/index.js';
import { makeEdf } from './make-edf.js';

const beat = { sample: 9, symbol: 'N', subtype: 0, channel: 0, number: 0, aux: '' };
const ecg = { name: 'ECG', units: 'mV', rate: 250, samples: Float32Array.from({ length: 100 }, (_, i) => i / 100) };
const edf = makeEdf({
  kind: 'EDF+C',
  signals: [
    { label: 'ECG', units: 'mV', samplesPerDataRecord: 2, records: [[1, 2]] },
    { label: 'EDF Annotations', samplesPerDataRecord: 20, records: ['+0\u0014\u0014\0+0.5\u0014note\u0014'] },
  ],
});
const heartprint = [...Array.from({ length: 3747 }, (_, i) => (i === 500 ? 9 : 0.1)), 503, 0].join('\n');
const kalouskova = Array.from({ length: 900 }, (_, i) => {
  return `2024-03-26 10:00:0${Math.floor(i / 500)}.${String((i % 500) * 2000).padStart(6, '0')} ; 2048`;
}).join('\n');
const csv = 'time [ms],ecg [mV]\n0,1\n4,2\n8,3\n';

const files: Record<string, string | Uint8Array> = {
  'notes/night.edf': edf,
  'notes/walk.csv': csv,
  'notes/readme.txt': 'hello',
  'hp/Session-2/012/20120509_0457_02_ECG.txt': heartprint,
  'ka/06/06_03_chodza.csv': kalouskova,
  'ka/06/labels/06_03_chodza_2.csv': 'start;end;activity;artifact;electrode\n0;900;2;3;3\n',
  '.hidden/x.csv': csv,
};

let folder = '';
const at = (path: string) => join(folder, path);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-records-'));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), content);
  }
  for (const name of ['rec_10', 'rec_2']) {
    const record = { name, channels: [ecg, { ...ecg, name: 'ECG II' }], comments: ['Age: 25'] };
    await writeWfdbRecord(at('Person_07'), record, { annotations: [beat] });
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe('openRecord', () => {
  test.each(['Person_07/rec_2', 'Person_07/rec_2.hea', 'Person_07/rec_2.dat', 'Person_07/rec_2.atr'])(
    'a WFDB record opens as %s',
    async (path) => {
      const record = await openRecord(at(path), { verifyChecksum: true });
      expect(record).toMatchObject({ name: 'rec_2', format: 'wfdb', labels: { age: '25', person: '07' } });
      expect(record.channels.map(({ name }) => name)).toEqual(['ECG', 'ECG II']);
      expect(record.channels[0]).toEqual(ecg);
    },
  );

  test('other formats are told from name and content', async () => {
    expect(await openRecord(at('notes/night.edf'))).toMatchObject({ name: 'night', format: 'edf' });
    expect(await openRecord(at('notes/walk.csv'))).toMatchObject({ name: 'walk', format: 'csv' });
    expect(await openRecord(at('notes/walk.csv'), { rate: 100 })).toMatchObject({ channels: [{ rate: 100 }] });
    expect(await openRecord(at('hp/Session-2/012/20120509_0457_02_ECG.txt'))).toMatchObject({
      format: 'heartprint',
      labels: { person: '012', session: '2' },
    });
    expect(await openRecord(at('ka/06/06_03_chodza.csv'))).toMatchObject({
      format: 'kalouskova',
      labels: { person: '06', activity: 'walking' },
      artefactLevels: [{ start: 0, end: 900, level: 3 }],
      channels: [{ rate: 500 }],
    });
  });

  test('an EDF file is known under any name', async () => {
    await writeFile(at('notes/unnamed'), edf);
    expect((await openRecord(at('notes/unnamed'))).format).toBe('edf');
  });

  test('a signal file that is missing is named', async () => {
    await writeFile(at('lost.hea'), 'lost 1 250 10\nelsewhere.dat 16 200\n');
    const error = await openRecord(at('lost')).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RecordError);
    expect(error).toMatchObject({ file: at('elsewhere.dat'), field: 'signal file' });
  });

  test.each([
    ['nowhere', /no such file/],
    ['nowhere.hea', /no such file/],
    ['notes', /is a folder/],
    ['notes/readme.txt', /header|rows/],
    ['Person_07/../notes/strange.bin', /none that is known/],
  ])('%s is refused', async (path, problem) => {
    await writeFile(at('notes/strange.bin'), Uint8Array.of(1, 2, 3));
    const error = await openRecord(at(path)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RecordError);
    expect((error as RecordError).message).toMatch(problem);
  });
});

describe('readAnnotations', () => {
  test('come from the file beside a WFDB record', async () => {
    expect(await readAnnotations(at('Person_07/rec_10'))).toEqual([beat]);
    expect(await readAnnotations(at('Person_07/rec_10.hea'))).toEqual([beat]);
  });

  test('count samples of the first channel, where a frame holds several', async () => {
    await writeFile(at('fast.hea'), 'fast 1 125 2\nfast.dat 80x2 200\n');
    await writeFile(at('fast.dat'), Uint8Array.of(128, 129, 130, 131));
    await writeFile(at('fast.atr'), Uint8Array.of(1, 1 << 2, 0, 0));
    expect((await openRecord(at('fast'))).channels[0]?.rate).toBe(250);
    expect(await readAnnotations(at('fast'))).toEqual([{ ...beat, sample: 2 }]);
    for (const ending of ['hea', 'dat', 'atr']) await rm(at(`fast.${ending}`));
  });

  test('come from the recording itself where it holds some', async () => {
    expect(await readAnnotations(at('notes/night.edf'))).toMatchObject([{ symbol: '"', aux: 'note', sample: 1 }]);
    const beats = await readAnnotations(at('hp/Session-2/012/20120509_0457_02_ECG.txt'));
    expect(beats).toMatchObject([{ symbol: 'N', sample: 500 }]);
  });

  test('a recording without any says so', async () => {
    await expect(readAnnotations(at('notes/walk.csv'))).rejects.toMatchObject({ field: 'annotations' });
    await expect(readAnnotations(at('Person_07/rec_2'), 'qrs')).rejects.toMatchObject({ field: 'annotation file' });
  });
});

describe('listRecords', () => {
  test('finds every layout, in natural order', async () => {
    const found = await listRecords(join(folder, 'Person_07'));
    expect(found.map((path) => relative(folder, path))).toEqual(['Person_07/rec_2', 'Person_07/rec_10']);
    const all = (await listRecords(folder)).map((path) => relative(folder, path));
    expect(all).toEqual(
      expect.arrayContaining(['ka/06/06_03_chodza.csv', 'notes/night.edf', 'notes/walk.csv', 'Person_07/rec_2']),
    );
    expect(all.filter((path) => /labels|hidden|readme/.test(path))).toEqual([]);
    for (const path of all.filter((candidate) => candidate !== 'lost')) await openRecord(at(path));
  });

  test('a folder that is not there is an error', async () => {
    await expect(listRecords(at('nowhere'))).rejects.toBeInstanceOf(RecordError);
  });
});
