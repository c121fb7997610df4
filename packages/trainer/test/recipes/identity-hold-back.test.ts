/** What `--validation` keeps from training: it is gone from there, and it is what the figures are of. */
import { decodeModel, GraphBuilder, type Model, tensor } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSetRecord } from '../../src/datasets/data-set.js';
import { ecgId, heartprint } from '../../src/index.js';
import type { WindowPart } from '../../src/protocols/window-part.js';
import { windowsOf } from '../../src/protocols/window-part.js';
import { RecipeError } from '../../src/recipe-error.js';
import { holdBackPersons, holdBackTime } from '../../src/recipes/identity/hold-back.js';
import { loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { meanBeatMetadata, meanBeatModel } from '../mean-beat-model.js';
import { writeEcgIdRecord, writeHeartprint } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, signalOf, smallEcgId } from './small-identity-recipe.js';

const WINDOW = 3 * 300;

describe('time held back', () => {
  const dataDir = temporaryFolder();
  const date = '01.12.2004';
  const part = { from: 0, to: 0.7 };
  let parts: WindowPart[];
  /** A record of the first person who, by its signal, is the second in the later half of its 20 s. */
  let changing: DataSetRecord;

  beforeAll(async () => {
    await smallEcgId(dataDir, [[date], [date], [date]], { seconds: 20 });
    const samples = signalOf(0, { seconds: 20, seed: 7 });
    samples.set(signalOf(1, { seconds: 20, seed: 8 }).subarray(5000), 5000);
    await writeEcgIdRecord(dataDir, { person: 1, record: 2, date, samples });
    parts = partsOf(await ecgId(dataDir), part);
    changing = parts[1]!.record;
  });

  /** Logits are the likeness to the first record of each person, whole. */
  async function likenessModel(order: readonly string[]): Promise<Model> {
    const samples = new Float32Array(WINDOW * order.length);
    for (const [column, subject] of order.entries()) {
      const { record } = parts.find((one) => one.record.subject === subject)!;
      const windows = await windowsOf({ record, part: { from: 0, to: 1 } }, { normalize: 'z-score' });
      for (let i = 0; i < WINDOW; i++)
        samples[i * order.length + column] = windows.reduce((sum, window) => sum + window[i]! / windows.length, 0);
    }
    const g = new GraphBuilder('likeness');
    const beats = g.flatten(g.input('beats', 'float32', ['N', 3, 300]));
    g.output('logits', g.matMul(beats, g.constant(tensor('means', 'float32', [WINDOW, order.length], samples))));
    return g.build();
  }

  const judged = async (some: readonly WindowPart[], order = ['Person_01', 'Person_02', 'Person_03']) => {
    const { validate, score } = await holdBackTime(some).judge(order, 'z-score', 1);
    const figures = await validate(await likenessModel(order));
    expect(score(figures)).toBe(figures.accuracy);
    return figures;
  };

  test('is the last two sevenths of every part: the rest trains', () => {
    const { training } = holdBackTime(parts);
    expect(training).toEqual(parts.map(({ record }) => ({ record, part: { from: 0, to: expect.closeTo(0.5, 12) } })));
    const [late] = holdBackTime([{ record: changing, part: { from: 0.3, to: 1 } }]).training;
    expect(late!.part).toEqual({ from: 0.3, to: expect.closeTo(0.8, 12) });
  });

  test('shares no window with what trains', async () => {
    const digests = async (one: WindowPart) =>
      (await windowsOf(one, { normalize: 'z-score' })).map((window) => digestOf(window));
    const [left] = holdBackTime(parts).training;
    const trained = await digests(left!);
    const heldBack = await digests({ record: left!.record, part: { from: left!.part.to, to: 0.7 } });
    expect(trained.length).toBeGreaterThan(1);
    expect(heldBack.length).toBeGreaterThan(0);
    expect(trained.filter((digest) => heldBack.includes(digest))).toEqual([]);
  });

  test('tells how well persons are known in it, whatever the order of the classes', async () => {
    const clear = parts.filter(({ record }) => record !== changing);
    expect(await judged(clear)).toMatchObject({ accuracy: 1, accuracyPerRecord: 1 });
    expect(await judged(clear, ['Person_03', 'Person_01', 'Person_02'])).toMatchObject({
      accuracy: 1,
      accuracyPerRecord: 1,
    });
  });

  test('finds the classes by name where several data sets share them', async () => {
    const clear = parts.filter(({ record }) => record !== changing);
    const order = ['Person_01', 'Person_02', 'Person_03'];
    const names = order.map((name) => `ecg-id/${name}`);
    const { validate } = await holdBackTime(clear).judge(names, 'z-score', 1);
    expect((await validate(await likenessModel(order))).accuracy).toBe(1);
  });

  test('is all that is judged: who changes with it is known no more', async () => {
    const one = [{ record: changing, part: { from: 0, to: 1 } }];
    // From 14.3 s on it is the second person.
    expect(await judged(one)).toMatchObject({ accuracy: 0, accuracyPerRecord: 0 });
    // The last 2.9 of the first 10 s are still the first.
    expect(await judged([{ record: changing, part: { from: 0, to: 0.5 } }])).toMatchObject({ accuracy: 1 });
  });

  test('keeps to the windows that a part includes, in training and in judging', async () => {
    const whole = { record: changing, part: { from: 0, to: 1 } };
    const all = await windowsOf(whole, { normalize: 'z-score' });
    const asked: number[] = [];
    const includes = (window: number) => {
      asked.push(window);
      return window % 2 === 0;
    };
    const { training } = holdBackTime([{ ...whole, includes }]);
    const begin = await windowsOf(training[0]!, { normalize: 'z-score' });
    expect(begin.map((window) => digestOf(window))).toEqual(
      all.filter((_, index) => index % 2 === 0 && index <= Math.max(...asked)).map((window) => digestOf(window)),
    );
    // The windows held back are the last ones, and keep their numbers.
    asked.length = 0;
    await holdBackTime([{ ...whole, includes }]).judge(['Person_01'], 'z-score', 1);
    const heldBack = await windowsOf({ record: changing, part: { from: 5 / 7, to: 1 } }, { normalize: 'z-score' });
    expect(heldBack.length).toBeGreaterThan(1);
    expect(asked).toEqual(heldBack.map((_, index) => all.length - heldBack.length + index));
    expect(heldBack.map((window) => digestOf(window))).toEqual(
      all.slice(-heldBack.length).map((window) => digestOf(window)),
    );
    await expect(judged([{ ...whole, includes: () => false }])).rejects.toThrow('no record to validate on holds');
  });
});

describe('persons held back', () => {
  const dataDir = temporaryFolder();
  let parts: WindowPart[];
  const others = { ecgId: [] as WindowPart[], heartprint: [] as WindowPart[] };

  beforeAll(async () => {
    // Two records of one day each, and for the second and sixth a third one of another.
    for (let person = 1; person <= 6; person++) {
      const dates = ['01.12.2004', '01.12.2004', ...(person % 4 === 2 ? ['05.04.2005'] : [])];
      for (const [k, date] of dates.entries()) {
        const samples = heartOfItsOwn(person, k);
        await writeEcgIdRecord(dataDir, { person, record: k + 1, date, samples });
      }
    }
    // A person with a single record is never held back.
    await writeEcgIdRecord(dataDir, { person: 7, record: 1, date: '01.12.2004', samples: heartOfItsOwn(7, 0) });
    const session = { 1: 2, 2: 1 };
    writeHeartprint(dataDir, [session, session, session, { ...session, '3L': 1 }, session, session, session, session]);
    others.ecgId = partsOf(await ecgId(dataDir));
    others.heartprint = partsOf(await heartprint(dataDir));
    parts = [...others.ecgId, ...others.heartprint];
  });

  const heartOfItsOwn = (person: number, seed: number) =>
    signalOf(Math.floor(person / 2) % 4, { seed: 10 * person + seed });
  const subjectsOf = (some: readonly WindowPart[]) => [
    ...new Set(some.map(({ record }) => `${record.id.split('/')[0]}/${record.subject}`)),
  ];

  test('are every fourth of those with several records, with all of their records', () => {
    const { training } = holdBackPersons(parts);
    const left = subjectsOf(training);
    expect(subjectsOf(parts).filter((subject) => !left.includes(subject))).toEqual([
      'ecg-id/Person_02',
      'ecg-id/Person_06',
      'heartprint/004',
      'heartprint/008',
    ]);
    // Everybody else is there with all records.
    expect(training).toEqual(
      parts.filter(({ record }) => left.includes(`${record.id.split('/')[0]}/${record.subject}`)),
    );
  });

  test('are no class of the network', async () => {
    const { persons } = await loadIdentityData(holdBackPersons(others.ecgId).training);
    expect(persons).toEqual(['Person_01', 'Person_03', 'Person_04', 'Person_05', 'Person_07']);
  });

  test('are judged in the session of their first record and in each other one', async () => {
    const { validate, score } = await holdBackPersons(parts).judge([], 'min-max', 1);
    const figures = await validate(decodeModel(meanBeatModel()));
    const conditions = ['ecg-id same session', 'ecg-id other day', 'heartprint same session', 'heartprint session 2'];
    // The third session has one person, who has nobody to be taken for.
    expect(Object.keys(figures)).toEqual([
      ...conditions.flatMap((name) => ['eer', 'fnmr', 'auc'].map((figure) => `${name} ${figure}`)),
      'mean',
    ]);
    // Two persons each, whose beats differ to the eye.
    for (const value of Object.values(figures)) expect(value).toBeCloseTo(1, 6);
    expect(score(figures)).toBe(figures.mean);
  });

  test('are strangers to an embedding that ignores the signal', async () => {
    const { validate } = await holdBackPersons(others.ecgId).judge([], 'min-max', 1);
    const figures = await validate(decodeModel(meanBeatModel(meanBeatMetadata, { constant: true })));
    expect(figures).toMatchObject({ 'ecg-id same session eer': expect.closeTo(0.5, 6), mean: 0.5 });
  });

  test('are refused where there are not two of them', () => {
    const few = others.ecgId.filter(({ record }) => record.subject < 'Person_06');
    expect(() => holdBackPersons(few)).toThrow(RecipeError);
    expect(() => holdBackPersons(few)).toThrow('5 persons with several records are too few');
  });
});
