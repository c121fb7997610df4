import { describe, expect, test } from '@jest/globals';
import { parseWfdbHeader } from '../../src/records/wfdb-header.js';
import { parseWfdbRecord, type WfdbOptions } from '../../src/records/wfdb-record.js';
import { wfdbChecksums } from '../../src/records/wfdb-signals.js';
import { expectRecordError } from './expect-record-error.js';

function read(header: string, files: Record<string, number[]>, options?: WfdbOptions) {
  const bytes = new Map(Object.entries(files).map(([name, content]) => [name, Uint8Array.from(content)]));
  return parseWfdbRecord(parseWfdbHeader(header), bytes, options);
}

const samplesOf = (header: string, bytes: number[]) =>
  read(header, { 'r.dat': bytes }).channels.map((channel) => [...channel.samples]);

describe('storage formats', () => {
  test('16: two bytes, low byte first, −32768 is no sample', () => {
    expect(samplesOf('r 1 250 4\nr.dat 16 1', [1, 0, 0xff, 0xff, 0, 0x80, 0xff, 0x7f])).toEqual([
      [1, -1, Number.NaN, 32767],
    ]);
  });

  test('80: offset binary bytes, −128 is no sample', () => {
    expect(samplesOf('r 1 250 4\nr.dat 80 1', [0x80, 0x81, 0x00, 0xff])).toEqual([[0, 1, Number.NaN, 127]]);
  });

  test('212: two samples of 12 bits in three bytes, −2048 is no sample', () => {
    // 0x7ff and 0x801, then −2048 and 0x123.
    expect(samplesOf('r 1 250 4\nr.dat 212 1', [0xff, 0x87, 0x01, 0x00, 0x18, 0x23])).toEqual([
      [2047, -2047, Number.NaN, 0x123],
    ]);
  });

  test('212 with an odd number of samples ends within its last triplet', () => {
    expect(samplesOf('r 1 250 3\nr.dat 212 1', [1, 0, 2, 3, 0])).toEqual([[1, 2, 3]]);
    expect(samplesOf('r 3 250\nr.dat 212 1\nr.dat 212 1\nr.dat 212 1', [1, 0, 2, 3, 0])).toEqual([[1], [2], [3]]);
  });

  test('other formats are refused by number', () => {
    expectRecordError(() => read('r 1\nr.dat 61', { 'r.dat': [0, 0] }), /format/, /format 61 is not supported/);
  });
});

describe('layout of signals', () => {
  test('several signals are multiplexed in one file', () => {
    expect(samplesOf('r 2 250 2\nr.dat 16 1\nr.dat 16 1', [1, 0, 10, 0, 2, 0, 20, 0])).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  test('signals may stand in several files of different formats', () => {
    const header = 'r 3 250\na.dat 16 1\na.dat 16 1\nb.dat 80 1';
    const record = read(header, { 'a.dat': [1, 0, 2, 0, 3, 0, 4, 0], 'b.dat': [129, 130] });
    expect(record.channels.map((channel) => [...channel.samples])).toEqual([
      [1, 3],
      [2, 4],
      [1, 2],
    ]);
  });

  test('several samples per frame give a signal a higher rate', () => {
    const record = read('r 2 100 2\nr.dat 80x3 1 8 0 0 0 0 fast\nr.dat 80 1', {
      'r.dat': [129, 130, 131, 138, 132, 133, 134, 148],
    });
    expect(record.channels.map(({ name, rate }) => [name, rate])).toEqual([
      ['fast', 300],
      ['signal 1', 100],
    ]);
    expect([...record.channels[0]!.samples]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...record.channels[1]!.samples]).toEqual([10, 20]);
  });

  test('a byte offset leaves out what stands before the samples', () => {
    expect(samplesOf('r 1\nr.dat 16+3 1', [9, 9, 9, 5, 0])).toEqual([[5]]);
  });

  test('skew moves a late signal forward and leaves NaN at its end', () => {
    expect(samplesOf('r 2 250 3\nr.dat 80 1\nr.dat 80:1 1', [129, 0, 130, 129, 131, 130])).toEqual([
      [1, 2, 3],
      [1, 2, Number.NaN],
    ]);
  });

  test('a file cannot come back after another one', () => {
    const files = { 'a.dat': [0, 0], 'b.dat': [0, 0] };
    expectRecordError(() => read('r 3\na.dat 16\nb.dat 16\na.dat 16', files), /file name/, /a\.dat comes back/);
  });

  test('signals of one file share a format', () => {
    expectRecordError(() => read('r 2\na.dat 16\na.dat 80', { 'a.dat': [0, 0, 0] }), /format/, /differ/);
  });
});

describe('physical units', () => {
  test('gain and baseline give millivolts', () => {
    const [channel] = read('r 1\nr.dat 16 200(1024)/mV 11 1024 0 0 0 MLII', { 'r.dat': [0, 4, 200, 4] }).channels;
    expect(channel).toMatchObject({ name: 'MLII', units: 'mV' });
    expect([...channel!.samples]).toEqual([0, 1]);
    expect(channel).not.toHaveProperty('assumedGain');
  });

  test('other voltages become millivolts, other units stay', () => {
    const header = 'r 3\nr.dat 16 0.1/uV\nr.dat 16 1000/V\nr.dat 16 10/mmHg';
    const { channels } = read(header, { 'r.dat': [100, 0, 1, 0, 100, 0] });
    expect(channels.map(({ units, samples }) => [units, samples[0]])).toEqual([
      ['mV', 1],
      ['mV', 1],
      ['mmHg', 10],
    ]);
  });

  test('a signal without a gain is scaled by the one the format tells readers to assume, and says so', () => {
    const [channel] = read('r 1\nr.dat 16', { 'r.dat': [200, 0] }).channels;
    expect(channel).toMatchObject({ units: 'mV', assumedGain: 200 });
    expect(channel?.samples[0]).toBe(1);
  });

  test('comments of the form key: value become labels', () => {
    const record = read('r 1\nr.dat 16\n# Age: 25\n# Sex: male\n# Diagnose:\n# Smoker: n/a\n# a remark', {
      'r.dat': [0, 0],
    });
    expect(record.labels).toEqual({ age: '25', sex: 'male' });
    expect(record.comments).toHaveLength(5);
  });
});

describe('checksums', () => {
  // 1 + 2 = 3; −32768 counts as it is stored.
  const header = (checksum: number) => `r 1\nr.dat 16 1 16 0 1 ${checksum} 0 ECG`;

  test('are reported beside the declared ones', () => {
    const files = new Map([['r.dat', Uint8Array.of(1, 0, 2, 0, 0, 0x80)]]);
    expect(wfdbChecksums(parseWfdbHeader(header(4)), files)).toEqual([
      { description: 'ECG', declared: 4, actual: -32765 },
    ]);
    expect(wfdbChecksums(parseWfdbHeader('r 1\nr.dat 16'), files)).toEqual([{ description: '', actual: -32765 }]);
  });

  test('fail only when asked for', () => {
    const files = { 'r.dat': [1, 0, 2, 0] };
    expect(read(header(4), files).channels).toHaveLength(1);
    expectRecordError(() => read(header(4), files, { verifyChecksum: true }), /checksum of ECG/, /4.+3/);
  });

  test('agree modulo 2^16, whether written signed or not', () => {
    const files = { 'r.dat': [0xff, 0xff] };
    for (const checksum of [-1, 65535]) {
      expect(read(header(checksum), files, { verifyChecksum: true }).channels).toHaveLength(1);
    }
  });
});

describe('damaged records', () => {
  test('a signal file that is cut short is named with what it holds', () => {
    const problem = /a\.dat: signal file: holds 1 samples per signal, the header announces 2/;
    expectRecordError(() => read('r 1 250 2\na.dat 16', { 'a.dat': [0, 0, 0] }), /signal file/, problem);
  });

  test('a header that claims two thousand million samples allocates nothing', () => {
    expectRecordError(() => read('r 1 250 2147483648\na.dat 16x65536', { 'a.dat': [0, 0] }), /signal file/);
  });

  test('a missing file is named', () => {
    expectRecordError(() => read('r 1\na.dat 16', {}), /signal file/, /a\.dat/);
  });

  test('a record without signals or samples is refused', () => {
    expectRecordError(() => read('r 0', {}), /number of signals/);
    expectRecordError(() => read('r 1\na.dat 16', { 'a.dat': [] }), /number of samples/);
    expectRecordError(() => read('r 1\na.dat 16+9', { 'a.dat': [1, 1] }), /number of samples/);
  });
});
