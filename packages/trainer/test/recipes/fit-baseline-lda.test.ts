/** baseline-lda fitted on made-up hearts: the model is the fit, names persons it was not shown, and says what it has seen. */
import { decodeModel, encodeModel, type Model, readMetadata } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { EmbeddingModel, ecgId, fitBaselineLda, RecipeError, type WindowPart } from '../../src/index.js';
import { windowsOf } from '../../src/protocols/window-part.js';
import { cropsOf } from '../../src/recipes/baseline-lda/cropped-windows.js';
import { linearDiscriminants } from '../../src/recipes/baseline-lda/linear-discriminants.js';
import { loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { ecgOf, writeEcgIdRecord } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';

const dataDir = temporaryFolder();
const PERSONS = 5;
const RECORDS = 2;
let train: WindowPart[];
let tests: WindowPart[];

beforeAll(async () => {
  for (let person = 1; person <= PERSONS; person++) {
    for (let record = 1; record <= RECORDS; record++) {
      const samples = ecgOf(person, { rate: 500, seconds: 24, seed: 10 * person + record });
      await writeEcgIdRecord(dataDir, { person, record, date: '07.12.2004', samples });
    }
  }
  const records = (await ecgId(dataDir)).subjects.flatMap((subject) => subject.records);
  train = records.map((record) => ({ record, part: { from: 0, to: 0.7 } }));
  tests = records.map((record) => ({ record, part: { from: 0.7, to: 1 } }));
});

async function withModel<T>(model: Model, use: (loaded: EmbeddingModel) => Promise<T>): Promise<T> {
  const loaded = await EmbeddingModel.load(encodeModel(model));
  try {
    return await use(loaded);
  } finally {
    await loaded.release();
  }
}

/** Mean of the three beats, samples 90 to 234, z-scored: in double precision. */
function cropOf(window: Float32Array): number[] {
  const mean = Array.from({ length: 145 }, (_, i) => (window[90 + i]! + window[390 + i]! + window[690 + i]!) / 3);
  const level = mean.reduce((sum, value) => sum + value, 0) / 145;
  const variance = mean.reduce((sum, value) => sum + (value - level) ** 2, 0) / 145;
  return mean.map((value) => (value - level) / Math.sqrt(variance));
}

function meanOf(rows: readonly Float32Array[]): number[] {
  return Array.from(rows[0]!, (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length);
}

test('is fitted on the windows that protocols cut', async () => {
  const crops = (await cropsOf(await loadIdentityData(train))).flat();
  const windows = (await Promise.all(train.map((part) => windowsOf(part, { normalize: 'z-score' })))).flat();
  expect(crops).toHaveLength(windows.length);
  crops.forEach((crop, index) => {
    const known = cropOf(windows[index]!);
    expect(Math.max(...known.map((value, i) => Math.abs(value - crop[i]!)))).toBeLessThan(1e-4);
  });
});

describe('for strangers', () => {
  let model: Model;

  beforeAll(async () => {
    model = await fitBaselineLda(train);
  });

  test('the embedding is the discriminants of the crop, in one Gemm', async () => {
    const data = await loadIdentityData(train);
    const crops = await cropsOf(data);
    const classes = crops.flatMap((rows, record) => rows.map(() => data.records[record]!.person));
    const fit = linearDiscriminants({ rows: crops.flat(), classes }, { components: 100, shrinkage: 0.1 });
    const [window] = await windowsOf(tests[3]!, { normalize: 'z-score' });
    const [embedding] = await withModel(model, (loaded) => loaded.embed([window!]));
    const crop = cropOf(window!);
    const known = fit.projection
      .transpose()
      .to2DArray()
      .map((direction) => direction.reduce((sum, weight, i) => sum + weight * (crop[i]! - fit.mean[i]!), 0));
    expect(embedding).toHaveLength(PERSONS - 1);
    for (const [i, value] of known.entries()) expect(embedding![i]).toBeCloseTo(value, 2);
    expect(model.graph.nodes.filter(({ operator }) => operator === 'Gemm')).toHaveLength(1);
    expect(model.graph.outputs.map(({ name }) => name)).toEqual(['embedding']);
  });

  test('training embeddings vary within persons by 1 / 0.9 at most, that is what shrinking leaves, and far more between them', async () => {
    const embeddings: Float32Array[] = [];
    const persons: string[] = [];
    await withModel(model, async (loaded) => {
      for (const part of train) {
        const rows = await loaded.embed(await windowsOf(part, { normalize: 'z-score' }));
        embeddings.push(...rows);
        persons.push(...rows.map(() => part.record.subject));
      }
    });
    /** Sum of squares about the mean of those rows. */
    const squares = (rows: readonly Float32Array[], axis: number) => {
      const mean = rows.reduce((sum, row) => sum + row[axis]!, 0) / rows.length;
      return rows.reduce((sum, row) => sum + (row[axis]! - mean) ** 2, 0);
    };
    const groups = [...new Set(persons)].map((person) => embeddings.filter((_, i) => persons[i] === person));
    expect(groups).toHaveLength(PERSONS);
    for (let axis = 0; axis < PERSONS - 1; axis++) {
      const within = groups.reduce((sum, rows) => sum + squares(rows, axis), 0) / (embeddings.length - PERSONS);
      expect(within).toBeLessThan(1.001 / 0.9);
      expect(squares(embeddings, axis) / embeddings.length).toBeGreaterThan(5 * within);
    }
  });

  test('metadata list data set and parts', () => {
    expect(readMetadata(decodeModel(encodeModel(model)).metadata)).toMatchObject({
      name: 'baseline-lda',
      normalize: 'z-score',
      training: { data: ['ecg-id'], records: train.map(({ record }) => `${record.id}[0,0.7)`) },
    });
  });
});

describe('for a closed set', () => {
  let model: Model;

  beforeAll(async () => {
    model = await fitBaselineLda(train, { closedSet: true });
  });

  test('logits name the person of every window of the part it was not shown', async () => {
    await withModel(model, async (loaded) => {
      expect(loaded.persons).toEqual(Array.from({ length: PERSONS }, (_, i) => `Person_0${i + 1}`));
      for (const part of tests) {
        const windows = await windowsOf(part, { normalize: 'z-score' });
        expect(windows.length).toBeGreaterThan(3);
        const named = (await loaded.classify(windows)).map((row) => loaded.persons![row.indexOf(Math.max(...row))]);
        expect(named).toEqual(windows.map(() => part.record.subject));
      }
      // One discriminant fewer than records.
      const [window] = await windowsOf(tests[0]!, { normalize: 'z-score' });
      expect((await loaded.embed([window!]))[0]).toHaveLength(PERSONS * RECORDS - 1);
    });
  });

  test('logarithms of probabilities follow the squared distances of the embedding from the nearest record of each person', async () => {
    await withModel(model, async (loaded) => {
      const means: number[][] = [];
      for (const part of train) {
        const embeddings = await loaded.embed(await windowsOf(part, { normalize: 'z-score' }));
        means.push(meanOf(embeddings));
      }
      // One window of the first person, one between the first and the second.
      const windows = await Promise.all(
        tests.slice(0, 2 * RECORDS).map((part) => windowsOf(part, { normalize: 'z-score' })),
      );
      const [first, second] = [windows[0]![0]!, windows[RECORDS]![0]!];
      const middle = first.map((value, i) => (value + second[i]!) / 2);
      for (const window of [first, middle]) {
        const [embedding] = await loaded.embed([window]);
        const [probabilities] = await loaded.classify([window]);
        const distances = means.map((mean) => mean.reduce((sum, value, i) => sum + (value - embedding![i]!) ** 2, 0));
        const nearest = loaded.persons!.map((_, person) =>
          Math.min(...distances.slice(person * RECORDS, (person + 1) * RECORDS)),
        );
        const best = nearest.indexOf(Math.min(...nearest));
        for (const [person, probability] of probabilities!.entries()) {
          // exp() of what is less becomes 0.
          const logarithm = Math.max((nearest[best]! - nearest[person]!) / 2, -745);
          const found = Math.max(Math.log(probability / probabilities![best]!), -745);
          expect(Math.abs(found - logarithm)).toBeLessThan(1e-3 * Math.abs(logarithm) + 1e-3);
        }
      }
    });
  });
});

describe('refuses', () => {
  test('two persons', async () => {
    const refused = fitBaselineLda(train.slice(0, 2 * RECORDS));
    await expect(refused).rejects.toThrow(RecipeError);
    await expect(refused).rejects.toThrow('recordings of 2 persons hold three consecutive beats');
  });

  test('fewer windows than the discriminants need', async () => {
    const short = train.map(({ record }) => ({ record, part: { from: 0.4, to: 0.6 } }));
    const refused = fitBaselineLda(short);
    await expect(refused).rejects.toThrow(RecipeError);
    await expect(refused).rejects.toThrow(/^\d+ windows of 5 classes do not determine 100 principal components/);
  });
});
