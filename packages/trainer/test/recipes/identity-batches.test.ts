/** Batches of P persons with K windows: whose they are, from which records, and that a restored source goes on as it would have. */
import { StateError } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { RecipeError } from '../../src/recipe-error.js';
import type {
  IdentityBatches,
  IdentityBatchesOptions,
  IdentityBatchesState,
} from '../../src/recipes/identity/identity-batches.js';
import { digestOf } from './digest.js';
import {
  batches,
  beatsOf,
  groupsOf,
  meanAndDeviation,
  persons,
  places,
  placesOf,
  plain,
  recordCounts,
  records,
  rowsOf,
} from './recorded-persons.js';

const take = (source: IdentityBatches, count: number) =>
  Array.from({ length: count }, () => digestOf(...Object.values(source.next())));

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
