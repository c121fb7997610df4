/** From recordings to a model file: what it says about itself, and which protocols take it. */
import { join } from 'node:path';
import { decodeModel, type Model, readMetadata } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { evaluate } from '../../src/evaluate.js';
import { ActivityModel } from '../../src/inference/activity-model.js';
import type { TrainingOptions } from '../../src/loop/training.js';
import { ProtocolError } from '../../src/protocols/protocol-error.js';
import { loadDt4EcgData } from '../../src/recipes/dt4ecg/dt4ecg-data.js';
import type { Dt4EcgRecipe } from '../../src/recipes/dt4ecg/dt4ecg-recipe.js';
import { type TrainedDt4Ecg, trainDt4Ecg } from '../../src/recipes/dt4ecg/train-dt4ecg.js';
import { writeKalouskova } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { smallRecipe } from './small-recipe.js';

const dataDir = temporaryFolder();
const names = ['01_01_klud', '01_01_beh', '02_01_klud', '02_03_beh'];
const noise = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i / 3));

async function trained(changes: Partial<Dt4EcgRecipe> = {}, options: TrainingOptions = {}): Promise<TrainedDt4Ecg> {
  const recipe = { ...smallRecipe, ...changes };
  const data = await loadDt4EcgData(dataDir, recipe);
  const noises = { bw: [noise], em: [noise], ma: [noise] };
  return trainDt4Ecg({ recipe, data, noises, threads: 1 }, { threads: 1, ...options });
}

const metadataOf = (bytes: Uint8Array) => readMetadata(decodeModel(bytes).metadata);

let whole: TrainedDt4Ecg;
beforeAll(async () => {
  writeKalouskova(dataDir, names, { seconds: 12 });
  whole = await trained();
});

describe('the model file', () => {
  test('states name, window, normalisation, classes, and every recording with the part that trained', () => {
    expect(metadataOf(whole.bytes)).toEqual({
      name: 'dt4ecg',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      rate: 250,
      window: { kind: 'activity', samples: 250 },
      normalize: 'z-score',
      classes: { identity: ['01', '02'], activity: ['rest', 'arms', 'walking', 'running', 'squats'] },
      training: {
        data: ['kalouskova'],
        records: [
          'kalouskova/01/01_01_klud[0,0.7)',
          'kalouskova/01/01_01_beh[0,0.7)',
          'kalouskova/02/02_01_klud[0,0.7)',
          'kalouskova/02/02_03_beh[0,0.7)',
        ],
      },
    });
  });

  test('holds the weights of the outcome', () => {
    expect(whole).toMatchObject({ isComplete: true, step: 3 });
    const weightsOf = ({ graph }: Model) => graph.initializers.map(({ name, data }) => [name, digestOf(data)]);
    expect(weightsOf(decodeModel(whole.bytes))).toEqual(weightsOf(whole.model));
  });

  test('is taken by the time split, which finds that it knows other parts of the same records', async () => {
    const report = await evaluate(whole.bytes, { protocol: 'kalouskova/time-split', dataDir, resamples: 20 });
    expect(report).toMatchObject({ model: 'dt4ecg', training: 'parts', subjects: 2 });
    // 3.6 s of 4 records, windows of a second.
    expect(report.windows).toBe(12);
    expect(Object.keys(report.metrics)).toEqual(expect.arrayContaining(['identity', 'activity']));
  });

  test('is refused by the protocol of persons that it has not met', async () => {
    const unseen = evaluate(whole.bytes, { protocol: 'kalouskova/unseen-person', dataDir });
    await expect(unseen).rejects.toThrow(ProtocolError);
    await expect(unseen).rejects.toThrow('trained on all 2 persons');
  });

  test('classifies windows', async () => {
    const model = await ActivityModel.load(whole.bytes);
    try {
      const [answer] = await model.classify([noise.slice(0, 250)]);
      expect(answer!.identity).toHaveLength(2);
      expect(answer!.activity).toHaveLength(5);
    } finally {
      await model.release();
    }
  });
});

test('a training that goes beyond the cut is refused by the time split', async () => {
  const { bytes } = await trained({ steps: 1, trainPart: { from: 0, to: 0.8 }, attention: false });
  const judging = evaluate(bytes, { protocol: 'kalouskova/time-split', dataDir });
  await expect(judging).rejects.toThrow('trained on 4 of the 4 test records');
});

test('a training of one task with recorded noise states one list of classes and the noise', async () => {
  const recordedNoise = { probability: 1, snr: [0, 10] } as const;
  const { bytes } = await trained({ steps: 1, tasks: ['activity'], augmentation: { recordedNoise } });
  const { classes, training } = metadataOf(bytes);
  expect(Object.keys(classes!)).toEqual(['activity']);
  expect(training!.data).toEqual(['kalouskova', 'nstdb']);
  expect(training!.records.slice(-3)).toEqual(['nstdb/bw', 'nstdb/em', 'nstdb/ma']);
  const report = await evaluate(bytes, { protocol: 'kalouskova/time-split', dataDir, resamples: 20 });
  expect(report).toMatchObject({ training: 'parts' });
});

test('a training that was stopped and resumed gives the same file', async () => {
  const checkpoint = join(dataDir, 'dt4ecg.checkpoint');
  const controller = new AbortController();
  const stopped = await trained(
    {},
    {
      checkpoint,
      signal: controller.signal,
      onProgress: ({ step }) => step === 2 && controller.abort(),
    },
  );
  expect(stopped.isComplete).toBe(false);
  const resumed = await trained({}, { checkpoint });
  expect(Buffer.compare(resumed.bytes, whole.bytes)).toBe(0);
  expect(resumed.history).toEqual(whole.history);
});
