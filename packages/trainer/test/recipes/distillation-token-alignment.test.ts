/** A teacher's feature map against a student's tokens: which tokens have a counterpart, and what it is. */
import { describe, expect, test } from '@jest/globals';
import { alignTokens, type Span } from '../../src/recipes/distillation/token-alignment.js';

/** For each matched token how much it takes of each position of the map. */
function columnsOf(teacher: Span, student: Span): number[][] {
  const { tokens, weights } = alignTokens(teacher, student);
  const count = tokens[1] - tokens[0];
  expect(weights).toHaveLength(teacher.count * count);
  return Array.from({ length: count }, (_, column) =>
    Array.from({ length: teacher.count }, (_, row) => weights[row * count + column]!),
  );
}

/** What tokens get of a map that says which sample stands in the middle of each of its positions. */
function middlesSeen(teacher: Span, student: Span): number[] {
  const step = (teacher.last - teacher.first) / teacher.count;
  return columnsOf(teacher, student).map((column) =>
    column.reduce((sum, weight, position) => sum + weight * (teacher.first + (position + 0.5) * step), 0),
  );
}

const span = (first: number, last: number, count: number): Span => ({ first, last, count });
const student = span(85, 245, 20);

describe('the weights of a token', () => {
  test.each<[string, Span, Span]>([
    ['the same span', span(85, 245, 20), student],
    ['a finer map', span(85, 245, 80), student],
    ['a coarser map', span(85, 245, 5), student],
    ['one position for all', span(85, 245, 1), student],
    ['the stages of a residual network', span(90, 240, 38), student],
    ['the coarsest stage of a residual network', span(90, 240, 5), student],
    ['whole beats', span(0, 300, 75), span(0, 300, 20)],
    ['a teacher who sees less', span(120, 181, 7), student],
    ['a teacher who sees more', span(0, 300, 10), student],
  ])('are not negative and sum to 1: %s', (_, teacher, own) => {
    const columns = columnsOf(teacher, own);
    expect(columns.length).toBeGreaterThan(0);
    for (const column of columns) {
      expect(column.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect(Math.min(...column)).toBeGreaterThanOrEqual(0);
    }
  });

  test('are the identity where map and tokens stand on the same grid', () => {
    const identity = Array.from({ length: 20 }, (_, k) => Array.from({ length: 20 }, (_, i) => Number(i === k)));
    expect(columnsOf(span(85, 245, 20), student)).toEqual(identity);
    expect(columnsOf(span(0, 300, 20), span(0, 300, 20))).toEqual(identity);
  });

  test('are the mean over the positions that a token covers, where the map is finer', () => {
    const columns = columnsOf(span(0, 40, 20), span(0, 40, 5));
    for (const [token, column] of columns.entries()) {
      expect(column).toEqual(Array.from({ length: 20 }, (_, i) => (Math.floor(i / 4) === token ? 0.25 : 0)));
    }
  });

  test('are a linear interpolation where the map is coarser', () => {
    // Positions in the middle of samples 0–8, 8–16 and 16–24; tokens at 1, 3, 5 …
    expect(columnsOf(span(0, 24, 3), span(0, 24, 12))).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0.875, 0.125, 0],
      [0.625, 0.375, 0],
      [0.375, 0.625, 0],
      [0.125, 0.875, 0],
      [0, 0.875, 0.125],
      [0, 0.625, 0.375],
      [0, 0.375, 0.625],
      [0, 0.125, 0.875],
      [0, 0, 1],
      [0, 0, 1],
    ]);
  });

  test.each<[string, Span, Span]>([
    ['finer', span(85, 245, 160), student],
    ['finer by no whole factor', span(90, 240, 38), student],
    ['as fine', span(90, 240, 19), student],
    ['coarser', span(90, 240, 10), student],
    ['over the whole beat', span(0, 300, 75), student],
  ])('see the token in its middle, but for the ends of the map: %s', (_, teacher, own) => {
    const [begin] = alignTokens(teacher, own).tokens;
    const half = (teacher.last - teacher.first) / teacher.count / 2;
    const step = (own.last - own.first) / own.count;
    const seen = middlesSeen(teacher, own);
    for (const [column, sample] of seen.entries()) {
      const middle = own.first + (begin + column + 0.5) * step;
      const isAtTheEnd = middle - step / 2 < teacher.first + half || middle + step / 2 > teacher.last - half;
      expect(Math.abs(sample - middle)).toBeLessThan(isAtTheEnd ? half + step / 2 : 1e-3);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe('tokens without a counterpart', () => {
  test('are those whose middle lies outside of what the teacher sees', () => {
    // The middles are 89, 97, … 241.
    expect(alignTokens(span(85, 245, 20), student).tokens).toEqual([0, 20]);
    expect(alignTokens(span(90, 240, 38), student).tokens).toEqual([1, 19]);
    expect(alignTokens(span(88, 242, 38), student).tokens).toEqual([0, 20]);
    expect(alignTokens(span(160, 300, 10), student).tokens).toEqual([9, 20]);
    expect(alignTokens(span(0, 98, 10), student).tokens).toEqual([0, 2]);
    expect(alignTokens(span(150, 160, 2), student).tokens).toEqual([8, 9]);
    expect(columnsOf(span(90, 240, 38), student)).toHaveLength(18);
  });

  test('are all where the two look at different parts of the beat', () => {
    for (const teacher of [span(245, 300, 5), span(0, 85, 5), span(90, 97, 1)])
      expect(alignTokens(teacher, student)).toEqual({ tokens: [0, 0], weights: new Float32Array() });
  });
});
