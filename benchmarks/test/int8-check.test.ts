/** How answers and codes are compared by `npm run verify:int8`. */
import { describe, expect, test } from '@jest/globals';
import { agreementOf, CodeComparison } from '../src/int8-check/compare-answers.js';
import { identificationOf } from '../src/int8-check/identification.js';

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

describe('persons', () => {
  const direction = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  // Two windows enrol each of two persons; the first has ten that probe, the second five.
  const persons = [
    [
      [0, 1],
      [4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
    ],
    [
      [2, 3],
      [14, 15, 16, 17, 18],
    ],
  ];
  const answers = (second: number) =>
    rows(
      ...[0, 10, 80, 90].map(direction),
      ...Array.from({ length: 5 }, () => direction(20)),
      ...Array.from({ length: 5 }, () => direction(second)),
      ...Array.from({ length: 5 }, () => direction(70)),
    );

  test('are identified by five windows each, with templates of the same network', () => {
    expect(identificationOf(persons, answers(30), answers(30))).toEqual({ probes: 3, alike: 1, float: 1, int8: 1 });
    const other = identificationOf(persons, answers(30), answers(60))!;
    expect(other).toMatchObject({ probes: 3, float: 1 });
    expect([other.alike, other.int8]).toEqual([2 / 3, 2 / 3]);
  });

  test('the length of embeddings says nothing', () => {
    const longer = answers(30).map((row, index) => row.map((element) => element * (1 + index)));
    expect(identificationOf(persons, answers(30), longer)!.alike).toBe(1);
  });

  test('cannot be asked about where nobody has a second recording', () => {
    expect(identificationOf([[[0, 1]]], answers(30), answers(30))).toBeUndefined();
  });
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
