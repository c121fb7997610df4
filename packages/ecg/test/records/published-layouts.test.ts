import { describe, expect, test } from '@jest/globals';
import { heartprintSamples, parseHeartprint } from '../../src/records/heartprint.js';
import { parseKalouskova, parseKalouskovaLabels } from '../../src/records/kalouskova.js';
import { expectRecordError } from './expect-record-error.js';

const encode = (text: string) => new TextEncoder().encode(text);

describe('Heartprint', () => {
  const peaks = [100, 400, 700, 3700];
  const ecg = Array.from({ length: heartprintSamples }, (_, i) => (peaks.includes(i) ? 12.5 : 0.25));
  const file = (...rest: number[]) => encode([...ecg, ...rest, ...Array(100).fill(0)].map((v) => `${v}\n`).join(''));
  const samplesOf = (...rest: number[]) => parseHeartprint(file(...rest)).annotations?.map(({ sample }) => sample);

  test('reads the ECG and where it comes from', () => {
    const record = parseHeartprint(file(), 'data/Session-3L/007/20120509_0457_02_ECG.txt');
    expect(record).toMatchObject({
      name: '20120509_0457_02_ECG',
      format: 'heartprint',
      labels: { person: '007', session: '3L' },
      start: new Date('2012-05-09T04:57:00Z'),
      gaps: [],
    });
    const [channel] = record.channels;
    expect(channel).toMatchObject({ name: 'ECG I', units: 'mV', rate: 250, assumedGain: 10 });
    expect(channel?.samples).toHaveLength(3747);
    expect(channel?.samples[100]).toBe(1.25);
  });

  test('reads dates of either order', () => {
    const startOf = (name: string) => parseHeartprint(file(), `${name}_ECG.txt`).start?.toISOString().slice(0, 16);
    expect(startOf('28092013_2014_001')).toBe('2013-09-28T20:14');
    expect(startOf('20112012_2014_001')).toBe('2012-11-20T20:14');
    expect(startOf('99999999_9999_001')).toBeUndefined();
    expect(startOf('renamed')).toBeUndefined();
  });

  test('a file outside the folders of the data set has no labels', () => {
    expect(parseHeartprint(file(), 'x_ECG.txt').labels).toEqual({});
  });

  test('stored beat indices stand three samples behind the peak', () => {
    expect(samplesOf(103, 403, 703, 3703)).toEqual(peaks);
  });

  test('left-overs of an earlier recording are no beats', () => {
    expect(samplesOf(103, 403, 350, 703)).toEqual([100, 400]); // the indices fall
    expect(samplesOf(103, 403, 550, 3000)).toEqual([100, 400]); // they rise, but to nowhere
    expect(samplesOf(103, 250, 703)).toEqual([100, 247, 700]); // within the list the device is believed
    expect(samplesOf(1, 103, 9999)).toEqual([100]);
    expect(samplesOf()).toEqual([]);
  });

  test('damaged files are refused with the line', () => {
    expectRecordError(() => parseHeartprint(encode('1\n2\n'), 'a.txt'), /lines/, /^a\.txt: .*3747/);
    const text = new TextDecoder().decode(file());
    expectRecordError(() => parseHeartprint(encode(text.replace('12.5', 'high'))), /line 101/, /"high"/);
  });
});

describe('Kalouskova', () => {
  const start = Date.UTC(2024, 2, 26, 23, 59, 59, 300);
  /** Lines at 497 Hz from shortly before midnight, with 5 s missing ahead of line 600. */
  const lines = Array.from({ length: 2000 }, (_, i) => {
    const microseconds = Math.round((i / 497) * 1e6) + (i >= 600 ? 5e6 : 0);
    const date = new Date(start + Math.floor(microseconds / 1000)).toISOString();
    const fraction = String(microseconds % 1000).padStart(3, '0');
    return `${date.slice(0, 10)} ${date.slice(11, 23)}${fraction} ; ${i % 2 ? 3048 : 2048}`;
  });
  const bytes = encode(`${lines.join('\n')}\n`);

  test('takes rate, gaps and start from the time stamps', () => {
    const record = parseKalouskova(bytes, 'kalouskova/06/06_03_chodza.csv');
    const [channel] = record.channels;
    expect(channel).toMatchObject({ name: 'ECG', units: 'mV', assumedGain: 1000 });
    expect(channel?.rate).toBeCloseTo(497, 3);
    expect([...channel!.samples.subarray(0, 3)]).toEqual([0, 1, 0]);
    expect(record.gaps).toHaveLength(1);
    expect(record.gaps[0]?.beforeSample).toBe(600);
    expect(record.gaps[0]?.seconds).toBeCloseTo(5, 3);
    expect(record.start).toEqual(new Date(start));
    expect(record.labels).toEqual({
      person: '06',
      electrode: 'textile',
      electrodeInFile: '03',
      activity: 'walking',
      activityInFile: 'chodza',
    });
  });

  test('a stamp on a full second has no fraction, lines may end as on Windows', () => {
    const seconds = ['00.998000', '01', '01.002000', '01.004000'];
    const text = seconds.map((second) => `2024-03-26 10:00:${second} ; 7`).join('\r\n');
    const record = parseKalouskova(encode(text));
    expect(record.channels[0]?.rate).toBeCloseTo(500, 6);
    expect(record.labels).toEqual({});
  });

  test.each([
    ['', /lines/],
    ['2024-03-26 10:00:00.000000 ; 4096', /line 1/],
    ['2024-03-26 10:00:00.000000 ; ', /line 1/],
    ['2024-03-26 10:00:00.000000 ; -5', /line 1/],
    ['2024-03-26 10:00:00.000000 , 5', /line 1/],
    ['2024-03-26 10:00:00.00 ; 5', /line 1/],
    ['timestamp;ecg', /line 1/],
    [`${lines[0]}\n${lines[1]}\n2024-03-26 1`, /line 3/],
    [`${lines[0]}\n${lines[0]}\n${lines[0]}`, /timestamp/],
    [`${lines[0]}`, /timestamp/],
  ])('%j is refused', (text, field) => {
    expectRecordError(() => parseKalouskova(encode(text), 'a.csv'), field, /^a\.csv: /);
  });

  test('label files give a level per stretch', () => {
    const levels = parseKalouskovaLabels(
      encode('start;end;activity;artifact;electrode\n0;1000;3;4;1\n1000;2000;3;1;1\n'),
    );
    expect(levels).toEqual([
      { start: 0, end: 1000, level: 4 },
      { start: 1000, end: 2000, level: 1 },
    ]);
    expect(parseKalouskova(bytes, 'a.csv', levels).artefactLevels).toBe(levels);
  });

  test.each([
    ['', /header/],
    ['a;b', /header/],
    ['start;end;activity;artifact;electrode\n0;1000;3;5;1', /row 2, artifact/],
    ['start;end;activity;artifact;electrode\n9;9;3;1;1', /row 2, end/],
    ['start;end;activity;artifact;electrode\n0', /row 2, end/],
  ])('label file %j is refused', (text, field) => {
    expectRecordError(() => parseKalouskovaLabels(encode(text), 'l.csv'), field, /^l\.csv: /);
  });
});
