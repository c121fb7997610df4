/** Persons who do not exist in a batch, and beats cut elsewhere: whose they are, and where they come from. */
import { describe, expect, test } from '@jest/globals';
import type { IdentityBatchesOptions } from '../../src/recipes/identity/identity-batches.js';
import type { RecordedWindows } from '../../src/recipes/identity/identity-data.js';
import {
  BEAT,
  batches,
  beatsOf,
  CLASSES,
  groupsOf,
  isNear,
  persons,
  places,
  placesOf,
  plain,
  recordCounts,
  records,
  rowsOf,
  zScored,
} from './recorded-persons.js';
import { signalOf } from './small-identity-recipe.js';

/** The weighted sum of two beats, z-scored. */
const blendOf = (first: Float32Array, second: Float32Array, share: number) =>
  zScored(first.map((value, i) => (1 - share) * value + share * second[i]!));

/** Windows whose blend a row is: of the first person, and of the second. */
function pairsOf(row: ReturnType<typeof rowsOf>[number], [first, second]: readonly [number, number], share: number) {
  const of = (person: number) => places.filter(({ record }) => record.person === person);
  const beats = beatsOf(row.window);
  return of(first).flatMap((a) =>
    of(second).flatMap((b) => {
      const [own, others] = [beatsOf(a.window), beatsOf(b.window)];
      return beats.every((beat, k) => isNear(blendOf(own[k]!, others[k]!, share), beat)) ? [[a, b] as const] : [];
    }),
  );
}

describe('blended persons', () => {
  const always = { probability: 1, share: [0.25, 0.45] } as const;
  const once = (blend: NonNullable<IdentityBatchesOptions['blend']>, rounds = 6) => {
    const source = plain({ blend });
    return Array.from({ length: rounds }, () => groupsOf(rowsOf(source), 4)).flat();
  };
  /** Whose shares of a row are not 0, the larger one first. */
  const sharers = (shares: readonly number[]) =>
    [...shares.keys()].filter((person) => shares[person] !== 0).sort((a, b) => shares[b]! - shares[a]!);

  test('are of two persons, whose shares are theirs and sum to 1', () => {
    const groups = once(always);
    for (const { shares } of groups.flat()) {
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
      const [first, second, ...others] = sharers(shares);
      expect(others).toEqual([]);
      expect(persons).toContain(first);
      expect(persons).toContain(second);
      expect(shares[second!]).toBeGreaterThanOrEqual(0.25);
      expect(shares[second!]).toBeLessThan(0.45);
    }
    expect(new Set(groups.map(([row]) => sharers(row!.shares).join())).size).toBeGreaterThan(6);
    expect(new Set(groups.map(([row]) => Math.max(...row!.shares))).size).toBe(groups.length);
  });

  test('are the same two, by the same share, in the K rows of one', () => {
    for (const rows of once(always)) {
      for (const { person, shares } of rows) {
        expect(shares).toEqual(rows[0]!.shares);
        expect(person).toBe(rows[0]!.person);
      }
    }
  });

  test('have labels that are no class, and no other in the batch', () => {
    const source = plain({ blend: always });
    for (let round = 0; round < 4; round++) {
      const labels = groupsOf(rowsOf(source), 4).map(([row]) => row!.person);
      expect(new Set(labels).size).toBe(3);
      for (const label of labels) expect(label).toBeGreaterThanOrEqual(CLASSES);
    }
  });

  test('have beats that are the z-scored sum of a window of each, from all their records', () => {
    const partners = new Set<RecordedWindows>();
    for (const rows of once(always)) {
      const own = new Set<RecordedWindows>();
      for (const row of rows) {
        const [first, second] = sharers(row.shares) as [number, number];
        const pairs = pairsOf(row, [first, second], row.shares[second]!);
        expect(pairs).toHaveLength(1);
        const [[a, b]] = pairs as [readonly [(typeof places)[number], (typeof places)[number]]];
        own.add(a.record);
        partners.add(b.record);
      }
      // Who is dealt by the sampler comes from different records, as without a blend.
      const [{ shares }] = rows as [(typeof rows)[number]];
      expect(own.size).toBe(Math.min(4, recordCounts[persons.indexOf(sharers(shares)[0]!)]!));
    }
    expect(partners.size).toBeGreaterThan(9);
  });

  test('of equal shares are half of each', () => {
    for (const row of once({ probability: 1, share: [0.5, 0.5] }, 1).flat()) {
      const pair = sharers(row.shares) as [number, number];
      expect(pair.map((person) => row.shares[person])).toEqual([0.5, 0.5]);
      expect(pairsOf(row, pair, 0.5)).toHaveLength(1);
    }
  });

  test('come as often as asked for, beside persons as they are', () => {
    const groups = once({ ...always, probability: 0.5 }, 24);
    const [blended, whole] = [true, false].map((is) => groups.filter(([row]) => row!.person >= CLASSES === is));
    expect(blended!.length / groups.length).toBeGreaterThan(0.35);
    expect(blended!.length / groups.length).toBeLessThan(0.65);
    for (const { person, shares, window } of whole!.flat()) {
      expect(shares).toEqual(Array.from({ length: CLASSES }, (_, k) => Number(k === person)));
      expect(placesOf(window).map(({ record }) => record.person)).toEqual([person]);
    }
    for (const { shares } of blended!.flat()) expect(sharers(shares)).toHaveLength(2);
    expect(once({ ...always, probability: 0 }).every(([row]) => row!.person < CLASSES)).toBe(true);
  });

  test('are none where there is nobody else', () => {
    const alone = plain({ records: records.filter(({ person }) => person === 4), persons: 1, blend: always });
    for (const { person, shares } of rowsOf(alone)) expect([person, shares[4]]).toEqual([4, 1]);
  });

  test('are normalised as beats are', () => {
    for (const { window } of rowsOf(batches({ blend: always, normalize: 'min-max' }))) {
      for (const beat of beatsOf(window)) expect([Math.min(...beat), Math.max(...beat)]).toEqual([0, 1]);
    }
  });

  test('have shares only where they are asked for', () => {
    expect(Object.keys(plain().next())).toEqual(['beats', 'person_label']);
    expect(Object.keys(plain({ blend: always }).next())).toEqual(['beats', 'person_label', 'person_shares']);
  });
});

describe('beats cut elsewhere', () => {
  const jitter = { probability: 1, samples: 3 };
  const shifts = [-3, -2, -1, 0, 1, 2, 3];
  const latest = 6 * 250 - BEAT;

  /** A record of each of two persons, with one window that starts there. */
  const two = (...starts: readonly [number, number]): RecordedWindows[] =>
    starts.map((start, index) => {
      const signal = signalOf(index, { rate: 250, seconds: 6, seed: 5 });
      return { person: index, windows: [{ signal, starts: [start, start + 190, start + 370] }] };
    });
  /** What beat `k` looks like, by shift. */
  const shifted = ({ windows: [place] }: RecordedWindows, k: number) =>
    shifts.map((by) => {
      const at = Math.min(latest, Math.max(0, place!.starts[k]! + by));
      return zScored(place!.signal.subarray(at, at + BEAT));
    });

  test('are shifted each by itself, as often as asked for', () => {
    const records = two(100, 100);
    const looks = records.map((record) => [0, 1, 2].map((k) => shifted(record, k)));
    const movesOf = (probability: number) => {
      const source = plain({ records, persons: 2, jitter: { ...jitter, probability } });
      const rows = Array.from({ length: 8 }, () => rowsOf(source)).flat();
      return rows.map(({ person, window }) =>
        beatsOf(window).map((beat, k) => shifts.filter((_, at) => isNear(looks[person]![k]![at]!, beat))),
      );
    };
    const moves = movesOf(1);
    expect(moves.flat().every(({ length }) => length === 1)).toBe(true);
    expect(new Set(moves.flat(2))).toEqual(new Set(shifts));
    expect(moves.filter(([a, b]) => a![0] !== b![0]).length).toBeGreaterThan(40);
    expect(movesOf(0).flat(2)).toEqual(Array(8 * 8 * 3).fill(0));
    const moved = movesOf(0.5).filter((beats) => beats.some(([by]) => by !== 0)).length;
    expect(moved).toBeGreaterThan(15);
    expect(moved).toBeLessThan(49);
  });

  test.each<[string, number, number | undefined]>([
    ['alike', 100, undefined],
    ['alike, the second no further than its signal begins', 1, 0],
    ['alike, the second no further than its signal ends', latest - 370 - 1, 2],
  ])('move both persons of a blend %s', (_, start, beatAtTheEnd) => {
    const records = two(100, start);
    const looks = records.map((record) => [0, 1, 2].map((k) => shifted(record, k)));
    const source = plain({ records, persons: 2, jitter, blend: { probability: 1, share: [0.4, 0.4] } });
    const found = new Set<number>();
    for (const { shares, window } of [rowsOf(source), rowsOf(source)].flat()) {
      const [first, second] = shares[0]! > shares[1]! ? looks : looks.toReversed();
      for (const [k, beat] of beatsOf(window).entries()) {
        const fitting = shifts.flatMap((_, a) =>
          shifts.flatMap((_, b) => (isNear(blendOf(first![k]![a]!, second![k]![b]!, 0.4), beat) ? [[a, b]] : [])),
        );
        expect(fitting.some(([a, b]) => a === b)).toBe(true);
        // Shifts beyond the end of a signal all look the same.
        if (k !== beatAtTheEnd) expect(fitting).toHaveLength(1);
        found.add(fitting[0]![0]!);
      }
    }
    expect(found.size).toBe(shifts.length);
  });
});
