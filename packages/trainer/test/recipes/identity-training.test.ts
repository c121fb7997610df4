/** From recordings to the file of an identity network: what it says about itself, and who takes it. */
import { decodeModel, encodeModel, type Model, readMetadata } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/evaluate.js';
import { EmbeddingModel } from '../../src/inference/embedding-model.js';
import { WindowSession } from '../../src/inference/window-session.js';
import { windowsOf } from '../../src/protocols/window-part.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { type TrainedIdentity, trainIdentity } from '../../src/recipes/identity/train-identity.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId, smallIdentityRecipe } from './small-identity-recipe.js';

const dataDir = temporaryFolder();
const recipe = { ...smallIdentityRecipe, steps: 2 };
const date = '01.12.2004';
const training = { from: 0, to: 0.7 };

let data: IdentityData;
let windows: Float32Array[];
let trained: TrainedIdentity;
beforeAll(async () => {
  const dataSet = await smallEcgId(dataDir, [[date, date], [date], [date]], { seconds: 12 });
  const parts = partsOf(dataSet, training);
  data = await loadIdentityData(parts);
  windows = await windowsOf(parts[0]!, { normalize: recipe.normalize });
  trained = await trainIdentity({ recipe, data }, { threads: 1 });
}, 120_000);

const initializersOf = ({ graph }: Model) => new Map(graph.initializers.map((one) => [one.name, one]));

describe('the model file', () => {
  test('states name, window, normalisation, persons, and every recording with the part that trained', () => {
    expect(trained).toMatchObject({ isComplete: true, step: 2 });
    expect(readMetadata(decodeModel(trained.bytes).metadata)).toEqual({
      name: 'resnet34',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      rate: 250,
      window: { kind: 'identity', beats: 3, before: 150, after: 150 },
      normalize: 'z-score',
      classes: { identity: ['Person_01', 'Person_02', 'Person_03'] },
      training: {
        data: ['ecg-id'],
        records: [
          'ecg-id/Person_01/rec_1[0,0.7)',
          'ecg-id/Person_01/rec_2[0,0.7)',
          'ecg-id/Person_02/rec_1[0,0.7)',
          'ecg-id/Person_03/rec_1[0,0.7)',
        ],
      },
    });
  });

  test('gives logits and the embedding, and nothing that only losses need', () => {
    const names = decodeModel(trained.bytes).graph.outputs.map(({ name }) => name);
    expect(names.sort()).toEqual(['embedding', 'logits']);
  });

  test('holds its large weights as float16, the others as they were trained', () => {
    const [file, whole] = [initializersOf(decodeModel(trained.bytes)), initializersOf(trained.model)];
    const large = [...whole.values()].filter(({ dtype, data: values }) => dtype === 'float32' && values.length >= 1024);
    expect(large.length).toBeGreaterThan(5);
    for (const { name, shape } of large) {
      expect(file.has(name)).toBe(false);
      expect(file.get(`${name}/half`)).toMatchObject({ dtype: 'float16', shape });
    }
    const small = [...whole.values()].filter((one) => !large.includes(one));
    expect(file.size).toBe(large.length + small.length);
    for (const { name, data: values } of small) expect(digestOf(file.get(name)!.data)).toBe(digestOf(values));
    expect(trained.bytes.length).toBeLessThan(encodeModel(trained.model).length);
  });

  test('is loaded by its metadata; embeddings and answers are those of the weights before rounding', async () => {
    const [rounded, exact] = await Promise.all(
      [trained.bytes, encodeModel(trained.model)].map((bytes) => EmbeddingModel.load(bytes)),
    );
    try {
      expect(rounded!.persons).toEqual(['Person_01', 'Person_02', 'Person_03']);
      expect(rounded!.metadata).toMatchObject({ normalize: 'z-score', window: { beats: 3 } });
      const [embeddings, wanted] = await Promise.all([rounded!.embed(windows), exact!.embed(windows)]);
      for (const [index, embedding] of embeddings.entries()) {
        expect(embedding).toHaveLength(32);
        const scale = Math.max(...wanted[index]!.map(Math.abs));
        expect(scale).toBeGreaterThan(0);
        for (const [i, value] of embedding.entries())
          expect(Math.abs(value - wanted[index]![i]!)).toBeLessThan(0.01 * scale);
      }
      for (const probabilities of await rounded!.classify(windows)) {
        expect(probabilities).toHaveLength(3);
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
      }
    } finally {
      await Promise.all([rounded!.release(), exact!.release()]);
    }
  });

  test('is judged by the protocol whose training part it had, and knows the persons by name', async () => {
    const report = await evaluate(trained.bytes, { protocol: 'ecg-id/closed', dataDir, resamples: 20 });
    expect(report).toMatchObject({ model: 'resnet34', training: 'parts', answeredBy: 'logits', subjects: 3 });
  });

  test('is refused where it has seen what tests', async () => {
    const judging = evaluate(trained.bytes, { protocol: 'ecg-id/other-record', dataDir });
    await expect(judging).rejects.toThrow('trained on');
  });
});

describe('a recipe with a temperature', () => {
  const temperature = 1.6;

  test('gives a file whose logits are those of the training, divided by it, and whose embeddings are the same', async () => {
    const tempered = await trainIdentity({ recipe: { ...recipe, temperature }, data }, { threads: 1 });
    const outputsOf = async ({ bytes }: TrainedIdentity) => {
      const { graph } = decodeModel(bytes);
      const session = await WindowSession.create({ name: graph.name, bytes, inputs: graph.inputs }, [3, 300], {});
      return session.run(windows, ['logits', 'embedding']).finally(() => session.release());
    };
    const [plain, divided] = [await outputsOf(trained), await outputsOf(tempered)];
    expect(divided.logits.length).toBeGreaterThan(1);
    expect(divided.embedding).toEqual(plain.embedding);
    for (const [index, logits] of divided.logits.entries()) {
      for (const [person, logit] of logits.entries())
        expect(logit).toBeCloseTo(plain.logits[index]![person]! / temperature, 5);
    }
    expect(divided.logits).not.toEqual(plain.logits);
    // What is told about the file is the same, and so is the way to it.
    expect(decodeModel(tempered.bytes).metadata).toEqual(decodeModel(trained.bytes).metadata);
    expect(tempered.history).toEqual(trained.history);
  }, 120_000);

  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('of %d is refused before it trains', async (impossible) => {
    let steps = 0;
    const training = trainIdentity(
      { recipe: { ...recipe, temperature: impossible }, data },
      { threads: 1, onProgress: () => steps++ },
    );
    await expect(training).rejects.toThrow(RecipeError);
    await expect(training).rejects.toThrow(`the temperature is ${impossible}`);
    expect(steps).toBe(0);
  });
});

test('a training with recorded noise states which noises, and that it had their first halves', async () => {
  const noise = Float32Array.from({ length: 3000 }, (_, i) => Math.sin(i / 3));
  const augmentation = { recordedNoise: { probability: 1, snr: [0, 10], noises: ['em', 'ma'] } } as const;
  const noisy = await trainIdentity(
    { recipe: { ...recipe, steps: 1, augmentation }, data, noises: { em: [noise], ma: [noise] } },
    { threads: 1 },
  );
  const { training: stated } = readMetadata(decodeModel(noisy.bytes).metadata);
  expect(stated).toEqual({
    data: ['ecg-id', 'nstdb'],
    records: [...data.trainingRecords, 'nstdb/em[0,0.5)', 'nstdb/ma[0,0.5)'],
  });
}, 120_000);
