import { describe, expect, test } from '@jest/globals';
import { DataSetError, formatTrainingRecord, parseTrainingRecord } from '../src/index.js';

describe('parts of records in metadata', () => {
  test.each([
    ['ecg-id/Person_01/rec_1', 'ecg-id/Person_01/rec_1', 0, 1],
    ['kalouskova/01/01_01_beh[0,0.7)', 'kalouskova/01/01_01_beh', 0, 0.7],
    ['kalouskova/01/01_01_beh[0.6,1)', 'kalouskova/01/01_01_beh', 0.6, 1],
    ['set/record (2)', 'set/record (2)', 0, 1],
    ['set/record [copy][0,1)', 'set/record [copy]', 0, 1],
  ])('reads and writes %s', (text, id, from, to) => {
    expect(parseTrainingRecord(text)).toEqual({ id, part: { from, to } });
    expect(formatTrainingRecord({ id, part: { from, to } })).toBe(text);
  });

  test('gives every part back that it wrote', () => {
    for (const from of [0, 1 / 3, 0.1 + 0.2, 1e-7]) {
      const record = { id: 'set/record', part: { from, to: 1 } };
      expect(parseTrainingRecord(formatTrainingRecord(record))).toEqual(record);
    }
  });

  test.each(['a/b[0,0.7]', 'a/b[0.7,0.2)', 'a/b[0,1.2)', 'a/b[-1,1)', 'a/b[,)', 'a/b[0.7)', 'a/b[0,x)', 'a/b[0,0)'])(
    'refuses %s',
    (text) => {
      expect(() => parseTrainingRecord(text)).toThrow(DataSetError);
      expect(() => parseTrainingRecord(text)).toThrow(text);
    },
  );

  test('refuses to write what is no part', () => {
    const write = (from: number, to: number) => () => formatTrainingRecord({ id: 'a/b', part: { from, to } });
    for (const bad of [write(0.7, 0.7), write(0, 1.1), write(Number.NaN, 1)]) expect(bad).toThrow(DataSetError);
  });
});
