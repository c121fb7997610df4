/** How answers and codes are compared by `npm run verify:int8`. */
import { describe, expect, test } from '@jest/globals';
import { agreementOf, CodeComparison } from '../src/int8-check/compare-answers.js';

const rows = (...values: number[][]) => values.map((row) => Float32Array.from(row));

describe('answers', () => {
  const float = {
    logits: rows([1, 2, 3], [3, 2, 1], [0, 1, 0], [5, 0, 0]),
    embedding: rows([1, 0], [0, 1], [1, 1], [2, 0]),
  };

  test('decide alike where the greatest number is the same one', () => {
    const int8 = { logits: rows([1, 2, 4], [1, 2, 1], [0, 3, 0], [9, 0, 0]), embedding: float.embedding };
    expect(agreementOf(float, int8)).toMatchObject({ windows: 4, top1: { logits: 0.75 } });
  });

  test('only outputs that decide have a greatest number; all have a cosine', () => {
    const { top1, cosine } = agreementOf(float, { ...float, embedding: rows([0, 1], [0, 2], [2, 2], [1, 0]) });
    expect(top1).toEqual({ logits: 1 });
    expect(cosine.embedding).toEqual({ median: expect.closeTo(1, 6), least: 0 });
    expect(cosine.logits!.least).toBeCloseTo(1, 6);
  });
});

test('comparisons with templates are decided alike, or not', () => {
  const float = { embedding: rows([1, 0], [1, 0.1], [0, 1]) };
  expect(agreementOf(float, float, 0.9).verification).toBe(1);
  // The first two are no longer alike: two of nine comparisons.
  const int8 = { embedding: rows([1, 0], [1, 2], [0, 1]) };
  expect(agreementOf(float, int8, 0.9).verification).toBeCloseTo(7 / 9, 9);
});

describe('codes', () => {
  const compared = (norm: number[], other: number[]) => {
    const comparison = new CodeComparison();
    comparison.add({ logits: Int8Array.from(norm) }, { logits: Int8Array.from(other) });
    return comparison.result();
  };

  test('are counted one by one', () => {
    expect(compared([1, 2, 30], [1, 4, 27])).toEqual({
      ...{ windows: 1, equalCodes: 1 / 3, most: 3, sameDecision: 1, ties: 0 },
    });
  });

  test('another decision between codes at most two apart is a tie, between others it is not', () => {
    expect(compared([10, 8, 0], [9, 11, 0])).toMatchObject({ sameDecision: 0, ties: 1 });
    expect(compared([10, 7, 0], [9, 11, 0])).toMatchObject({ sameDecision: 0, ties: 0 });
  });

  test('equal codes decide for neither', () => {
    expect(compared([10, 10, 0], [9, 11, 0])).toMatchObject({ sameDecision: 1, ties: 0 });
  });
});
