import { describe, expect, test } from '@jest/globals';
import { parseEdf } from '../../src/records/edf-record.js';
import { expectRecordError } from './expect-record-error.js';
import { type EdfSpec, makeEdf } from './make-edf.js';

const ecg = {
  label: 'ECG II',
  units: 'uV',
  physical: [-3276.8, 3276.7],
  samplesPerDataRecord: 4,
  records: [
    [0, 1, -1, 32767],
    [10, 20, 30, -32768],
  ],
} as const;
const annotationSignal = (...records: string[]) => ({ label: 'EDF Annotations', samplesPerDataRecord: 40, records });
const read = (spec: EdfSpec) => parseEdf(makeEdf(spec), 'folder/night.edf');

describe('EDF', () => {
  test('samples are scaled to physical units, ECG voltages to millivolts', () => {
    const record = read({ signals: [ecg] });
    expect(record).toMatchObject({ name: 'night', format: 'edf', gaps: [], labels: {}, annotations: [] });
    const [channel] = record.channels;
    expect(channel).toMatchObject({ name: 'ECG II', units: 'mV', rate: 4 });
    const expected = [0, 0.0001, -0.0001, 3.2767, 0.001, 0.002, 0.003, -3.2768];
    expect([...channel!.samples].map((value) => Number(value.toFixed(6)))).toEqual(expected);
  });

  test('signals may differ in rate, range and units; other voltages keep theirs', () => {
    const eeg = {
      ...ecg,
      label: 'EEG Fpz-Cz',
      samplesPerDataRecord: 2,
      records: [
        [100, 200],
        [300, 400],
      ],
    };
    const spo2 = {
      label: 'SpO2',
      units: '%',
      physical: [100, 0],
      digital: [0, 1000],
      samplesPerDataRecord: 1,
      records: [[0], [250]],
    } as const;
    const { channels } = read({ duration: 0.5, signals: [ecg, eeg, spo2] });
    expect(channels.map(({ name, units, rate }) => [name, units, rate])).toEqual([
      ['ECG II', 'mV', 8],
      ['EEG Fpz-Cz', 'uV', 4],
      ['SpO2', '%', 2],
    ]);
    expect([...channels[1]!.samples].map(Math.round)).toEqual([10, 20, 30, 40]);
    expect([...channels[2]!.samples]).toEqual([100, 75]);
  });

  test('start and identifications are told', () => {
    const record = read({
      patient: 'Smith',
      recording: 'Holter 7',
      date: '26.03.85',
      time: '23.59.58',
      signals: [ecg],
    });
    expect(record.start).toEqual(new Date('1985-03-26T23:59:58Z'));
    expect(record.comments).toEqual(['Smith', 'Holter 7']);
    expect(read({ date: '01.01.84', signals: [ecg] }).start?.getUTCFullYear()).toBe(2084);
  });

  test('a start that is no date is no start', () => {
    expect(read({ date: '31.02.24', signals: [ecg] }).start).toBeUndefined();
    expect(read({ date: '--', signals: [ecg] }).start).toBeUndefined();
  });

  test('a recording that was never closed is read to its last whole data record', () => {
    const bytes = makeEdf({ dataRecords: -1, signals: [ecg] });
    expect(parseEdf(bytes).channels[0]?.samples).toHaveLength(8);
    expect(parseEdf(bytes.subarray(0, bytes.length - 1)).channels[0]?.samples).toHaveLength(4);
  });
});

describe('EDF+', () => {
  test('annotations keep onset, duration and text', () => {
    const record = read({
      kind: 'EDF+C',
      patient: 'P-07 F 02-MAY-1951 Haagse_Harry',
      signals: [
        ecg,
        annotationSignal(
          '+0.25\u0014\u0014\0+1.5\u00150.5\u0014late\u0014\0',
          '+1.25\u0014\u0014\0+0.5\u0014early\u0014naïve\u0014\0',
        ),
      ],
    });
    expect(record.channels).toHaveLength(1);
    expect(record.start).toEqual(new Date('2024-03-26T14:58:13.250Z'));
    expect(record.labels).toEqual({ person: 'P-07', sex: 'F' });
    const plain = { symbol: '"', subtype: 0, channel: 0, number: 0 };
    expect(record.annotations).toEqual([
      { ...plain, sample: 1, aux: 'early', onset: 0.5 },
      { ...plain, sample: 1, aux: 'naïve', onset: 0.5 },
      { ...plain, sample: 5, aux: 'late', onset: 1.5, duration: 0.5 },
    ]);
  });

  test('anonymised patients give no labels', () => {
    const record = read({ kind: 'EDF+C', patient: 'X X X X', signals: [ecg, annotationSignal('+0\u0014\u0014', '')] });
    expect(record.labels).toEqual({});
  });

  test('a discontinuous file has gaps, and annotations find their sample across them', () => {
    const record = read({
      kind: 'EDF+D',
      signals: [
        ecg,
        annotationSignal('+0\u0014\u0014\0', '+61.5\u0014\u0014\0+30\u0014in the gap\u0014\0+62\u0014x\u0014'),
      ],
    });
    expect(record.gaps).toEqual([{ beforeSample: 4, seconds: 60.5 }]);
    expect(record.annotations?.map(({ aux, sample }) => [aux, sample])).toEqual([
      ['in the gap', 4],
      ['x', 6],
    ]);
  });

  test('annotations outside the recording stand at its ends', () => {
    const outside = '+0\u0014\u0014\0-9\u0014a\u0014\0+99\u0014b\u0014';
    const record = read({ kind: 'EDF+C', signals: [ecg, annotationSignal(outside, '')] });
    expect(record.annotations?.map(({ sample }) => sample)).toEqual([0, 7]);
  });

  test('damaged annotation signals are refused', () => {
    const withLists = (kind: 'EDF+C' | 'EDF+D', ...lists: string[]) =>
      expectRecordError.bind(null, () => read({ kind, signals: [ecg, annotationSignal(...lists)] }));
    withLists('EDF+C', '+0\u0014\u0014', 'nonsense')(/annotations of data record 1/);
    withLists('EDF+C', '+0\u0014unended', '')(/annotations of data record 0/);
    withLists('EDF+C', '+0\u00151\u00152\u0014\u0014', '')(/annotations of data record 0/);
    withLists('EDF+D', '+0\u0014\u0014', '')(/time-keeping of data record 1/, /is missing/);
    withLists('EDF+D', '+0\u0014\u0014', '+0.5\u0014\u0014')(/time-keeping of data record 1/, /before the one ahead/);
  });
});

describe('damaged headers', () => {
  const withField = (at: number, text: string) => {
    const bytes = makeEdf({ signals: [ecg] });
    bytes.set(new TextEncoder().encode(text), at);
    return () => parseEdf(bytes, 'x.edf');
  };

  test.each([
    [0, '1', /version/],
    [184, '999     ', /number of bytes in header/],
    [236, '3       ', /number of data records/],
    [236, '99999999', /number of data records/],
    [236, 'many    ', /number of data records/],
    [236, '0       ', /signals/],
    [244, '0       ', /duration/],
    [244, '-1      ', /duration/],
    [252, '0   ', /number of signals/],
    [252, '9999', /number of bytes in header/],
    [256 + 104, '?', /physical minimum of signal 0 \("ECG II"\)/],
    [256 + 112, '-3276.8', /physical maximum/],
    [256 + 120, '1.5     ', /digital minimum/],
    [256 + 128, '-32768  ', /digital maximum/],
    [256 + 128, '99999   ', /digital maximum/],
    [256 + 216, '0       ', /samples per data record/],
    [256 + 216, '88888888', /number of data records/],
  ])('at %i %j is refused', (at, text, field) => {
    expectRecordError(withField(at, text), field, /^x\.edf: /);
  });

  test('files that are cut short are refused with the field that shows it', () => {
    const bytes = makeEdf({ signals: [ecg] });
    expectRecordError(() => parseEdf(bytes.subarray(0, 200)), /header/, /200 of 256/);
    expectRecordError(() => parseEdf(bytes.subarray(0, 300)), /header/, /300 of 512/);
    expectRecordError(() => parseEdf(bytes.subarray(0, bytes.length - 1)), /data records/, /is 2, the file holds 1/);
  });

  test('a file with annotations only holds no samples', () => {
    const signals = [annotationSignal('+0\u0014\u0014')];
    expectRecordError(() => read({ kind: 'EDF+C', duration: 0, signals }), /signals/, /no samples/);
  });
});
