/**
 * Batches of P persons with K windows: whose they are, from which records, who is blended with whom, and that a restored source
 * goes on as it would have.
 */
import { StateError } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { WindowAugmenter } from '../../src/augment/window-augmenter.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';
import {
  IdentityBatches,
  type IdentityBatchesOptions,
  type IdentityBatchesState,
} from '../../src/recipes/identity/identity-batches.js';
import type { RecordedWindows } from '../../src/recipes/identity/identity-data.js';
import { digestOf } from './digest.js';
import { signalOf, smallIdentityRecipe } from './small-identity-recipe.js';

const BEAT = 300;
const WINDOW = 3 * BEAT;
const CLASSES = 8;
/** Numbers of persons need not follow each other: who has no window is no class of the sampler. */
const persons = [0, 1, 4, 7];
/** More records than rows of a batch, as many, fewer, and one. */
const recordCounts = [6, 4, 2, 1];

const records: RecordedWindows[] = persons.flatMap((person, index) =>
  Array.from({ length: recordCounts[index]! }, (_, k) => {
    const signal = signalOf(index, { rate: 250, seconds: 5, seed: k });
    const starts = [0, 60, 133].map((first) => [first, first + 175, first + 350] as const);
    return { person, windows: starts.map((three) => ({ signal, starts: three })) };
  }),
);

const batches = (options: Partial<IdentityBatchesOptions> = {}, seed = 1) =>
  new IdentityBatches({
    ...{ records, persons: 3, windows: 4, classes: CLASSES, normalize: 'z-score' },
    augmenter: new WindowAugmenter(smallIdentityRecipe.augmentation),
    generator: new RandomGenerator(seed),
    ...options,
  });

const plain = (options: Partial<IdentityBatchesOptions> = {}, seed = 1) =>
  batches({ augmenter: new WindowAugmenter({}), ...options }, seed);

function rowsOf(source: IdentityBatches) {
  const { beats, person_label: labels, person_shares: shares = new Float32Array() } = source.next();
  return Array.from({ length: labels!.length }, (_, row) => ({
    person: Number(labels![row]),
    window: (beats as Float32Array).subarray(row * WINDOW, (row + 1) * WINDOW),
    shares: [...(shares as Float32Array).subarray(row * CLASSES, (row + 1) * CLASSES)],
  }));
}

const take = (source: IdentityBatches, count: number) =>
  Array.from({ length: count }, () => digestOf(...Object.values(source.next())));

const beatsOf = (window: Float32Array) => [0, 1, 2].map((row) => window.subarray(row * BEAT, (row + 1) * BEAT));

function meanAndDeviation(values: Float32Array): [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)];
}

function zScored(beat: Float32Array): Float32Array {
  const [mean, deviation] = meanAndDeviation(beat);
  return beat.map((value) => (value - mean) / deviation);
}

/** Every window of every record as it is, each beat z-scored. */
const places = records.flatMap((record) =>
  record.windows.map(({ signal, starts }) => {
    const window = new Float32Array(WINDOW);
    for (const [row, start] of starts.entries()) window.set(zScored(signal.subarray(start, start + BEAT)), row * BEAT);
    return { record, window };
  }),
);

const isNear = (a: Float32Array, b: Float32Array) => a.every((value, i) => Math.abs(value - b[i]!) < 1e-3);

const placesOf = (found: Float32Array) => places.filter(({ window }) => isNear(window, found));

/** P persons, the rows of each. */
const groupsOf = (rows: ReturnType<typeof rowsOf>, windows: number) =>
  Array.from({ length: rows.length / windows }, (_, group) => rows.slice(group * windows, (group + 1) * windows));

describe('a batch', () => {
  test('holds P different persons with K rows each, person by person', () => {
    const source = batches();
    for (let round = 0; round < 5; round++) {
      const groups = groupsOf(rowsOf(source), 4);
      expect(groups).toHaveLength(3);
      const labels = groups.map((rows) => [...new Set(rows.map(({ person }) => person))]);
      expect(labels.map(({ length }) => length)).toEqual([1, 1, 1]);
      expect(new Set(labels.flat()).size).toBe(3);
    }
  });

  test('shows all persons equally often', () => {
    const source = plain();
    // 8 batches of 3 persons: each of the 4 comes 6 times, with 4 rows.
    const shown = Array.from({ length: 8 }, () => rowsOf(source)).flat();
    for (const label of persons) expect(shown.filter(({ person }) => person === label)).toHaveLength(24);
  });

  test('takes the rows of a person from different records as far as there are', () => {
    const source = plain();
    for (let round = 0; round < 8; round++) {
      for (const rows of groupsOf(rowsOf(source), 4)) {
        const found = rows.map(({ window }) => placesOf(window));
        expect(found.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
        const from = found.map(([place]) => place!.record);
        expect(from.map(({ person }) => person)).toEqual(rows.map(({ person }) => person));
        const available = recordCounts[persons.indexOf(rows[0]!.person)]!;
        expect(new Set(from).size).toBe(Math.min(4, available));
      }
    }
  });

  test('shows every window of every record in time', () => {
    const source = plain();
    const shown = new Set(
      Array.from({ length: 60 }, () => rowsOf(source)).flatMap((rows) =>
        rows.flatMap(({ window }) => placesOf(window)),
      ),
    );
    expect(shown.size).toBe(places.length);
  });

  test('is normalised beat by beat, augmented or not', () => {
    for (const source of [plain(), batches()]) {
      for (const { window } of rowsOf(source)) {
        for (const beat of beatsOf(window)) {
          const [mean, deviation] = meanAndDeviation(beat);
          expect(mean).toBeCloseTo(0, 5);
          expect(deviation).toBeCloseTo(1, 5);
        }
      }
    }
    for (const { window } of rowsOf(batches({ normalize: 'min-max' }))) {
      for (const beat of beatsOf(window)) expect([Math.min(...beat), Math.max(...beat)]).toEqual([0, 1]);
    }
  });

  test('is augmented: other windows than those of the records', () => {
    const found = rowsOf(batches()).filter(({ window }) => placesOf(window).length > 0);
    expect(found.length).toBeLessThan(3);
  });

  test('leaves the recordings as they are', () => {
    const now = () => digestOf(...records.flatMap(({ windows }) => windows.map(({ signal }) => signal)));
    const before = now();
    const beatShape = { probability: 1, before: [0.5, 0.5], after: [2, 2], stretch: 0.1 } as const;
    take(batches({ beatShape, blend: { probability: 1, share: [0.5, 0.5] } }), 3);
    expect(now()).toBe(before);
  });
});

describe('altered waves', () => {
  const options = { before: [0.5, 0.5], after: [1.5, 1.5], stretch: 0 } as const;

  test('come as often as asked for', () => {
    const alteredOf = (probability: number) => {
      const source = plain({ beatShape: { probability, ...options } });
      const rows = Array.from({ length: 10 }, () => rowsOf(source)).flat();
      return rows.filter(({ window }) => placesOf(window).length === 0).length / rows.length;
    };
    expect(alteredOf(0)).toBe(0);
    expect(alteredOf(1)).toBe(1);
    expect(alteredOf(0.5)).toBeGreaterThan(0.3);
    expect(alteredOf(0.5)).toBeLessThan(0.7);
  });

  test('of factor 1 are none', () => {
    const same = { probability: 1, before: [1, 1], after: [1, 1], stretch: 0 } as const;
    expect(rowsOf(plain({ beatShape: same })).every(({ window }) => placesOf(window).length === 1)).toBe(true);
  });
});

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

describe('a source', () => {
  const altered = {
    beatShape: { probability: 0.5, before: [0.6, 1.5], after: [0.6, 1.5], stretch: 0.1 },
    jitter: { probability: 0.8, samples: 4 },
    blend: { probability: 0.5, share: [0.2, 0.5] },
  } as const;

  test.each([0, 1, 5, 23])('restored after %i batches goes on with the same bits', (count) => {
    const source = batches(altered);
    take(source, count);
    const saved = JSON.parse(JSON.stringify(source.state())) as IdentityBatchesState;
    const expected = take(source, 8);
    const restored = batches(altered);
    take(restored, 3);
    restored.restore(saved);
    expect(take(restored, 8)).toEqual(expected);
    expect(restored.state()).toEqual(source.state());
  });

  test('gives the same batches for the same seed, each another one', () => {
    const [first, second] = take(batches(), 2);
    expect(take(batches(), 2)).toEqual([first, second]);
    expect(second).not.toBe(first);
    expect(take(batches({}, 2), 1)).not.toEqual([first]);
  });

  test('does not take the state of one with other records', () => {
    const saved = batches().state();
    expect(() => batches({ records: records.slice(1) }).restore(saved)).toThrow(StateError);
  });
});

describe('refused are', () => {
  test.each<[string, Partial<IdentityBatchesOptions>, string]>([
    ['more persons than have windows', { persons: 5 }, 'batches of 5 classes were asked for, the examples have 4'],
    ['no persons', { persons: 0 }, 'the number of classes per batch is 0'],
    ['no windows', { windows: 0 }, 'the number of examples per class is 0'],
    ['half a window', { windows: 2.5 }, 'the number of examples per class is 2.5'],
  ])('%s', (_, options, message) => {
    expect(() => batches(options)).toThrow(RecipeError);
    expect(() => batches(options)).toThrow(message);
  });

  const same = { probability: 1, before: [1, 1], after: [1, 1], stretch: 0 };

  test.each<[string, object, string]>([
    ['more often than always', { probability: 1.5 }, 'beatShape.probability is 1.5'],
    ['less often than never', { probability: -0.1 }, 'beatShape.probability is -0.1'],
    ['without a probability', { probability: undefined }, 'beatShape.probability is undefined'],
    ['of a range of the wrong order', { before: [1.6, 0.5] }, 'beatShape.before is [1.6,0.5]'],
    ['of a negative factor', { before: [-1, 1] }, 'beatShape.before is [-1,1]'],
    ['of factor 0, which has no logarithm', { after: [0, 1] }, 'beatShape.after is [0,1]'],
    ['of a number for a range', { after: 2 }, 'beatShape.after is 2'],
    ['stretched by more than half', { stretch: 0.6 }, 'beatShape.stretch is 0.6'],
    ['stretched by less than nothing', { stretch: -0.1 }, 'beatShape.stretch is -0.1'],
    ['stretched by nothing given', { stretch: undefined }, 'beatShape.stretch is undefined'],
  ])('altered waves %s', (_, options, message) => {
    const beatShape = { ...same, ...options } as unknown as NonNullable<IdentityBatchesOptions['beatShape']>;
    expect(() => batches({ beatShape })).toThrow(RecipeError);
    expect(() => batches({ beatShape })).toThrow(message);
  });

  test.each<[string, Partial<IdentityBatchesOptions>, string]>([
    ['half a sample of jitter', { jitter: { probability: 1, samples: 2.5 } }, 'jitter.samples is 2.5'],
    ['jitter more often than always', { jitter: { probability: 2, samples: 4 } }, 'jitter.probability is 2'],
    ['blends more often than always', { blend: { probability: 2, share: [0, 0.5] } }, 'blend.probability is 2'],
    ['blends of more than a person', { blend: { probability: 1, share: [0, 2] } }, 'blend.share is [0,2]'],
  ])('%s', (_, options, message) => {
    expect(() => batches(options)).toThrow(RecipeError);
    expect(() => batches(options)).toThrow(message);
  });
});
