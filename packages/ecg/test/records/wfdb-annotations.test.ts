import { describe, expect, test } from '@jest/globals';
import { annotationSymbols } from '../../src/records/annotation-symbols.js';
import { parseWfdbAnnotations } from '../../src/records/wfdb-annotations.js';
import { expectRecordError } from './expect-record-error.js';

const word = (kind: number, value: number) => [value & 0xff, (kind << 2) | (value >> 8)];
const text = (content: string) => [
  ...word(63, content.length),
  ...new TextEncoder().encode(content),
  ...(content.length % 2 ? [0] : []),
];
const end = [0, 0];
const read = (...parts: number[][]) => parseWfdbAnnotations(Uint8Array.from(parts.flat()), { file: 'r.atr' });
const plain = { subtype: 0, channel: 0, number: 0, aux: '' };

describe('annotation file', () => {
  test('intervals add up', () => {
    expect(read(word(1, 18), word(5, 1023), word(1, 1), end)).toEqual([
      { ...plain, sample: 18, symbol: 'N' },
      { ...plain, sample: 1041, symbol: 'V' },
      { ...plain, sample: 1042, symbol: 'N' },
    ]);
  });

  test('SKIP takes 32 bits, high half first, and may go back', () => {
    const there = [...word(59, 0), 0x01, 0x00, 0x02, 0x00]; // 0x00010002
    const back = [...word(59, 0), 0xff, 0xff, 0xff, 0xff]; // −1
    expect(read(there, word(1, 3), back, word(1, 0), end).map(({ sample }) => sample)).toEqual([65541, 65540]);
  });

  test('SUB holds for one annotation, CHN and NUM until changed', () => {
    const annotations = read(
      [...word(1, 5), ...word(61, 7), ...word(62, 1), ...word(60, 2)],
      word(1, 5),
      [...word(1, 5), ...word(62, 0), ...word(60, 0xff)],
      end,
    );
    expect(annotations.map(({ subtype, channel, number }) => [subtype, channel, number])).toEqual([
      [7, 1, 2],
      [0, 1, 2],
      [0, 0, -1],
    ]);
  });

  test('AUX text is padded to whole words and loses its NUL', () => {
    const annotations = read([...word(28, 1), ...text('(N\0')], [...word(28, 2), ...text('(AFIB')], word(1, 1), end);
    expect(annotations.map(({ sample, symbol, aux }) => [sample, symbol, aux])).toEqual([
      [1, '+', '(N'],
      [3, '+', '(AFIB'],
      [4, 'N', ''],
    ]);
  });

  test('what follows the end mark is ignored', () => {
    expect(read(end, word(1, 5), end)).toEqual([]);
  });

  test('a stated time resolution is converted to the rate of the record', () => {
    const bytes = Uint8Array.from([...word(22, 0), ...text('## time resolution: 1000'), ...word(1, 500), ...end]);
    expect(parseWfdbAnnotations(bytes, { rate: 250 })).toEqual([{ ...plain, sample: 125, symbol: 'N' }]);
    expect(parseWfdbAnnotations(bytes, { rate: 1000 })[0]?.sample).toBe(500);
  });

  test('a file may define symbols of its own', () => {
    const note = (content: string) => [...word(22, 0), ...text(content)];
    const annotations = read(
      note('## annotation type definitions'),
      note('42 Z my own kind'),
      note('## end of definitions'),
      word(42, 9),
      word(43, 1),
      note('a remark at the end'),
      end,
    );
    expect(annotations.map(({ sample, symbol, aux }) => [sample, symbol, aux])).toEqual([
      [9, 'Z', ''],
      [10, '[43]', ''],
      [10, '"', 'a remark at the end'],
    ]);
  });

  test.each([
    ['an empty file', [], /annotation/],
    ['no end mark', word(1, 5), /annotation/],
    ['half a word', [...word(1, 5), 0], /annotation/],
    ['a text that runs past the end', [...word(28, 1), ...word(63, 900), 65], /auxiliary text/],
    ['an interval that runs past the end', [...word(59, 0), 1], /annotation/],
    ['an undefined code', [...word(50, 1), ...end], /annotation code/],
    ['a field before the first annotation', [...word(60, 1), ...end], /annotation/],
    ['a text before the first annotation', [...text('x'), ...end], /annotation/],
    ['a sample before the record', [...word(59, 0), 0xff, 0xff, 0xff, 0xff, ...word(1, 0), ...end], /annotation time/],
    ['a time resolution of 0', [...word(22, 0), ...text('## time resolution: 0'), ...end], /time resolution/],
  ])('%s is refused', (_, bytes, field) => {
    expectRecordError(() => read(bytes), field, /^r\.atr: /);
  });
});

describe('symbols', () => {
  test('beats are those that EC57 scores', () => {
    const all = Array.from({ length: 42 }, (_, code) => annotationSymbols.ofCode(code));
    const beats = all.filter((symbol) => annotationSymbols.isBeat(symbol));
    expect(beats.sort()).toEqual([...'NLRBAaJSVrFejnE/fQ?'].sort());
    for (const other of ['[', ']', '!', '~', '|', '+', 'x', '"', '', 'NL']) {
      expect(annotationSymbols.isBeat(other)).toBe(false);
    }
  });

  test('codes and mnemonics agree both ways', () => {
    for (let code = 1; code <= 49; code++) {
      expect(annotationSymbols.codeOf(annotationSymbols.ofCode(code))).toBe(code);
    }
    expect(annotationSymbols.codeOf('[1]')).toBeUndefined();
    expect(annotationSymbols.codeOf('[50]')).toBeUndefined();
    expect(annotationSymbols.codeOf('NN')).toBeUndefined();
  });
});
