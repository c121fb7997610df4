import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cumulativeMatch, IdentityError, matchRanks } from '../src/index.js';

describe('matchRanks', () => {
  test('counts the templates that score at least as high as the right one', () => {
    const scores = [0.9, 0.1, 0.2, /**/ 0.3, 0.2, 0.1, /**/ 0.5, 0.5, 0.5];
    expect(Array.from(matchRanks(scores, [0, 2, 1], 3))).toEqual([1, 3, 3]);
  });

  test('a probe without a template comes after everybody', () => {
    expect(Array.from(matchRanks([0.1, 0.2], [-1], 2))).toEqual([3]);
  });

  test('is unmoved by a rising transformation and by a permutation of the templates', () => {
    const rows = fc.array(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }), { minLength: 1 });
    fc.assert(
      fc.property(rows, (matrix) => {
        const right = matrix.map((_, i) => i % 4);
        const ranks = matchRanks(matrix.flat(), right, 4);
        expect(matchRanks(matrix.flat().map(Math.exp), right, 4)).toEqual(ranks);
        const reversed = matrix.flatMap((row) => [...row].reverse());
        const mirrored = right.map((index) => 3 - index);
        expect(matchRanks(reversed, mirrored, 4)).toEqual(ranks);
      }),
    );
  });

  test('refuses NaN and sizes that do not fit', () => {
    expect(() => matchRanks([1, Number.NaN], [0], 2)).toThrow(/probe 0 against template 1 is NaN/);
    expect(() => matchRanks([1, 2, 3], [0], 2)).toThrow(IdentityError);
  });
});

describe('cumulativeMatch', () => {
  test('rises to 1 when everybody has a template, and starts at the rank-1 rate', () => {
    expect(Array.from(cumulativeMatch([1, 1, 2, 4], 4))).toEqual([0.5, 0.75, 0.75, 1]);
    expect(Array.from(cumulativeMatch([1, 4], 3))).toEqual([0.5, 0.5, 0.5]);
    expect(() => cumulativeMatch([], 3)).toThrow(IdentityError);
  });
});
