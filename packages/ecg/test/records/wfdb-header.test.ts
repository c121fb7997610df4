import { describe, expect, test } from '@jest/globals';
import { parseWfdbHeader } from '../../src/records/wfdb-header.js';
import { expectRecordError } from './expect-record-error.js';

describe('record line', () => {
  test('gives name, rate, length, start and comments', () => {
    const header = parseWfdbHeader('# before\nr_1-a 0 500/1000(12.5) 10000 7:05:09.25 26/03/2024\n\n# Age: 25\n#  x ');
    expect(header).toEqual({
      recordName: 'r_1-a',
      frameRate: 500,
      counterRate: 1000,
      baseCounter: 12.5,
      frames: 10000,
      start: new Date('2024-03-26T07:05:09.250Z'),
      signals: [],
      comments: ['before', 'Age: 25', 'x'],
    });
  });

  test('has the defaults of the format: 250 Hz, length from the signal files', () => {
    const header = parseWfdbHeader('r 0\r\n');
    expect(header.frameRate).toBe(250);
    expect(header.counterRate).toBe(250);
    expect(header.frames).toBeUndefined();
    expect(parseWfdbHeader('r 0 360 0').frames).toBeUndefined();
  });

  test('a base time without a date gives no start', () => {
    expect(parseWfdbHeader('r 0 360 10 12:00:00').start).toBeUndefined();
  });

  test.each([
    ['', /record line/],
    ['# only comments', /record line/],
    ['a/b/c! 1', /number of segments/],
    ['r! 1', /record name/],
    ['r', /number of signals/],
    ['r x', /number of signals/],
    ['r -1', /number of signals/],
    ['r 2147483648', /number of signals/],
    ['r 1 360 10', /number of signals/],
    ['r 0 0', /sampling frequency/],
    ['r 0 fast', /sampling frequency/],
    ['r 0 360/x', /counter frequency/],
    ['r 0 360/360(x)', /base counter value/],
    ['r 0 360 1.5', /number of samples/],
    ['r 0 360 10 noon', /base time/],
    ['r 0 360 10 12:00:00 31/02/2024', /base date/],
    ['r 0 360 10 12:00:00 yesterday', /base date/],
  ])('%j is refused', (text, field) => {
    expectRecordError(() => parseWfdbHeader(text, 'r.hea'), field, /^r\.hea: /);
  });

  test('records of several segments are refused by name', () => {
    expectRecordError(() => parseWfdbHeader('multi/3 1 250 100\na 50\nb 50'), /number of segments/, /not supported/);
  });
});

describe('signal line', () => {
  const signalOf = (line: string) => parseWfdbHeader(`r 1 360 10\n${line}`).signals[0];

  test('gives every field', () => {
    expect(signalOf('r.dat 212x4:3+24 200.5(-1024)/uV 11 1024 995 -22131 7 MLII, left  arm')).toEqual({
      fileName: 'r.dat',
      format: 212,
      samplesPerFrame: 4,
      skew: 3,
      byteOffset: 24,
      gain: 200.5,
      baseline: -1024,
      units: 'uV',
      adcResolution: 11,
      adcZero: 1024,
      initialValue: 995,
      checksum: -22131,
      blockSize: 7,
      description: 'MLII, left  arm',
    });
  });

  test('has the defaults of the format', () => {
    const signal = signalOf('r.dat 16');
    expect(signal).toEqual({
      fileName: 'r.dat',
      format: 16,
      samplesPerFrame: 1,
      skew: 0,
      byteOffset: 0,
      baseline: 0,
      units: 'mV',
      adcResolution: 12,
      adcZero: 0,
      initialValue: 0,
      blockSize: 0,
      description: '',
    });
  });

  test('the baseline defaults to the ADC zero, and so does the initial value', () => {
    const signal = signalOf('r.dat 16 200/mV 11 1024');
    expect(signal?.baseline).toBe(1024);
    expect(signal?.initialValue).toBe(1024);
  });

  test('a gain of 0 says that the signal is not calibrated', () => {
    expect(signalOf('r.dat 16 0')?.gain).toBeUndefined();
  });

  test.each([
    ['r.dat', /signal 0, format/],
    ['r.dat sixteen', /signal 0, format/],
    ['r.dat 16x0', /signal 0, samples per frame/],
    ['r.dat 16x999999999', /signal 0, samples per frame/],
    ['../r.dat 16', /signal 0, file name/],
    ['/etc/passwd 16', /signal 0, file name/],
    ['.. 16', /signal 0, file name/],
    ['r.dat 16 much', /signal 0, ADC gain/],
    ['r.dat 16 1e999', /signal 0, ADC gain/],
    ['r.dat 16 200(x)', /signal 0, baseline/],
    ['r.dat 16 200 12.5', /signal 0, ADC resolution/],
    ['r.dat 16 200 12 x', /signal 0, ADC zero/],
    ['r.dat 16 200 12 0 x', /signal 0, initial value/],
    ['r.dat 16 200 12 0 0 x', /signal 0, checksum/],
    ['r.dat 16 200 12 0 0 0 x', /signal 0, block size/],
  ])('%j is refused', (line, field) => {
    expectRecordError(() => signalOf(line), field);
  });
});
