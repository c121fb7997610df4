import { describe, expect, test } from '@jest/globals';
import { detectDelimiter, parseColumnName } from '../../src/records/csv-columns.js';
import { type CsvOptions, parseCsv } from '../../src/records/csv-record.js';
import { microsecondsOfTimestamp } from '../../src/records/timestamp.js';
import { expectRecordError } from './expect-record-error.js';

/** A table with a time column in steps of `step` and one signal that counts up. */
const table = (header: string, step: number, rows = 20, separator = ',', from = 0) =>
  [header, ...Array.from({ length: rows }, (_, i) => `${from + i * step}${separator}${i}`)].join('\n');
const rateOf = (text: string) => parseCsv(text).channels[0]?.rate;

describe('columns', () => {
  test.each([
    ['ecg [mV]', { name: 'ecg', units: 'mV', isTime: false }],
    ['ecg (uV)', { name: 'ecg', units: 'uV', isTime: false }],
    ['Lead_II_mV', { name: 'Lead_II', units: 'mV', isTime: false }],
    ['resp (a.u.)', { name: 'resp', units: 'a.u.', isTime: false }],
    ['acc_x', { name: 'acc_x', isTime: false }],
    ['ECG II', { name: 'ECG II', isTime: false }],
    ['time', { name: 'time', isTime: true }],
    ['Timestamp', { name: 'Timestamp', isTime: true }],
    ['t', { name: 't', isTime: true }],
    ['time [ms]', { name: 'time', units: 'ms', isTime: true }],
    ['t (µs)', { name: 't', units: 'µs', isTime: true }],
    ['timestamp_us', { name: 'timestamp', units: 'us', isTime: true }],
    ['t/s', { name: 't', units: 's', isTime: true }],
    ['temperature', { name: 'temperature', isTime: false }],
    ['time_mV', { name: 'time', units: 'mV', isTime: false }],
  ])('%j', (header, expected) => {
    expect(parseColumnName(header)).toEqual(expected);
  });

  test('the delimiter is the one that occurs most', () => {
    expect(detectDelimiter('a,b,c')).toBe(',');
    expect(detectDelimiter('"a,b,c,d";e;f')).toBe(';');
    expect(detectDelimiter('a\tb\tc, d')).toBe('\t');
    expect(detectDelimiter('ecg')).toBe(',');
  });
});

describe('table', () => {
  test('gives a channel per numeric column, voltages in millivolts', () => {
    const text = '# made by hand\ntime,ecg [uV],note,resp (a.u.),raw\n0,500,ok,1,7\n0.01,NaN,bad,2,8\n0.02,,ok,3,9\n';
    const record = parseCsv(text, { file: 'folder/walk.csv' });
    expect(record).toMatchObject({ name: 'walk', format: 'csv', comments: ['made by hand'], gaps: [], labels: {} });
    expect(record.channels).toEqual([
      { name: 'ecg', units: 'mV', rate: 100, samples: Float32Array.of(0.5, Number.NaN, Number.NaN) },
      { name: 'resp', units: 'a.u.', rate: 100, samples: Float32Array.of(1, 2, 3) },
      { name: 'raw', units: 'unknown', rate: 100, samples: Float32Array.of(7, 8, 9) },
    ]);
  });

  test('may be Windows text with a byte order mark, semicolons and decimal commas', () => {
    const bytes = new TextEncoder().encode('\uFEFFtime [ms];ecg [mV]\r\n0;0,5\r\n4;-1,25\r\n8;2\r\n');
    const [channel] = parseCsv(bytes).channels;
    expect(channel?.rate).toBe(250);
    expect([...channel!.samples]).toEqual([0.5, -1.25, 2]);
  });

  test('units of nameless columns can be stated', () => {
    const [channel] = parseCsv('ecg,lead [V]\n1000,1', { rate: 250, units: 'uV' }).channels;
    expect(channel).toMatchObject({ units: 'mV', samples: Float32Array.of(1) });
  });
});

describe('time column', () => {
  test.each([
    ['time,ecg', 0.004],
    ['time [s],ecg', 0.004],
    ['time_ms,ecg', 4],
    ['t (us),ecg', 4000],
    ['t [µs],ecg', 4000],
    ['timestamp [ns],ecg', 4_000_000],
  ])('%j in steps of %d gives 250 Hz', (header, step) => {
    expect(rateOf(table(header, step))).toBeCloseTo(250, 6);
  });

  test.each([
    [1_711_465_093.3, 0.004],
    [1_711_465_093_300, 4],
    [1_711_465_093_300_000, 4000],
  ])('epoch times are told by their size: %d', (from, step) => {
    const record = parseCsv(table('timestamp,ecg', step, 500, ',', from));
    expect(record.channels[0]?.rate).toBeCloseTo(250, 1);
    expect(record.start).toEqual(new Date('2024-03-26T14:58:13.300Z'));
  });

  test('ISO times give rate, gaps and start', () => {
    const at = (i: number) =>
      new Date(Date.UTC(2024, 2, 26, 23, 59, 59) + i * 10 + (i >= 120 ? 2000 : 0)).toISOString();
    const rows = Array.from({ length: 300 }, (_, i) => `${at(i)},${i}`);
    const record = parseCsv(['time,ecg [mV]', ...rows].join('\n'));
    expect(record.channels[0]?.rate).toBe(100);
    expect(record.gaps).toHaveLength(1);
    expect(record.gaps[0]?.beforeSample).toBe(120);
    expect(record.gaps[0]?.seconds).toBeCloseTo(2, 6);
    expect(record.start).toEqual(new Date('2024-03-26T23:59:59Z'));
  });

  test('a stated rate overrides it', () => {
    const record = parseCsv('time,ecg\n0,1\n0,2\n0,3', { rate: 125 });
    expect(record.channels[0]?.rate).toBe(125);
    expect(record.gaps).toEqual([]);
  });

  test('time stamps are read with zone and microseconds', () => {
    const noon = Date.UTC(2024, 2, 26, 12) * 1000;
    expect(microsecondsOfTimestamp('2024-03-26 12:00:00.000001')).toBe(noon + 1);
    expect(microsecondsOfTimestamp('2024-03-26T12:00:00Z')).toBe(noon);
    expect(microsecondsOfTimestamp('2024-03-26T14:00:00,5+02:00')).toBe(noon + 500_000);
    expect(microsecondsOfTimestamp('2024-03-26T06:30-0530')).toBe(noon);
    expect(microsecondsOfTimestamp('2024-13-26 12:00:00')).toBeUndefined();
    expect(microsecondsOfTimestamp('12:00:00')).toBeUndefined();
  });
});

describe('damaged tables', () => {
  const refused: [string, string, CsvOptions, RegExp][] = [
    ['nothing', '', {}, /header/],
    ['only a comment', '# hello', {}, /header/],
    ['no header', '0,1\n0.1,2', {}, /header/],
    ['no rows', 'time,ecg\n', {}, /rows/],
    ['no rate', 'ecg\n1\n2', {}, /time column/],
    ['a rate of 0', 'ecg\n1\n2', { rate: 0 }, /rate/],
    ['a time that stands still', 'time,ecg\n0,1\n0,1\n0,1', {}, /time column/],
    ['a time in an unstated unit', table('time,ecg', 4), {}, /time column/],
    ['a time that goes back', 'time,ecg\n0,1\n0.2,1\n0.1,1', {}, /row 4, column "time"/],
    ['a time that is none', 'time,ecg\n0,1\nsoon,1\n0.2,1', {}, /row 3, column "time"/],
    ['a missing time', 'time,ecg\n0,1\n,1\n0.2,1', {}, /row 3, column "time"/],
    ['a word among numbers', 'time,ecg\n0,1\n0.01,x\n0.02,1', {}, /row 3, column "ecg"/],
    ['no signal', 'time,note\n0,a\n0.01,b\n0.02,c', {}, /columns/],
    ['a row that is too short', 'time,ecg\n0,1\n0.01\n0.02,1', {}, /line 3/],
    ['an open quote', 'time,ecg\n0,"1\n0.01,1', {}, /line/],
  ];
  test.each(refused)('%s', (_, text, options, field) => {
    expectRecordError(() => parseCsv(text, { ...options, file: 'a.csv' }), field, /^a\.csv: /);
  });
});
