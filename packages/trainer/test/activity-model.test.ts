import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GraphError } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { ActivityModel, InferenceError } from '../src/index.js';
import { meanBeatModel } from './mean-beat-model.js';
import { temporaryFolder } from './temporary-folder.js';
import { toneMetadata, toneModel, tonesOf, windowLength } from './tone-model.js';

const folder = temporaryFolder();
const names = ['01_01_klud', '02_01_beh', '03_02_drepy', '10_03_chodza', '04_01_ruky'];
const windows = names.map((name) => tonesOf(name, { rate: 250, seconds: windowLength / 250 }));
const { identity, activity } = toneMetadata.classes as { identity: string[]; activity: string[] };

async function refusal(promise: Promise<unknown>): Promise<InferenceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InferenceError);
  return error as InferenceError;
}

const mostProbable = (probabilities: Float64Array) => probabilities.indexOf(Math.max(...probabilities));

describe('ActivityModel', () => {
  test.each([
    ['an open batch', {}, {}],
    ['an open batch, smaller runs', {}, { batch: 2 }],
    ['a fixed batch that does not divide the windows', { batch: 3 }, {}],
  ])('classifies window by window: %s', async (_, shape, options) => {
    const model = await ActivityModel.load(toneModel(toneMetadata, shape), options);
    const classified = await model.classify(windows);
    expect(classified.map((one) => identity[mostProbable(one.identity!)])).toEqual(['01', '02', '03', '10', '04']);
    expect(classified.map((one) => activity[mostProbable(one.activity!)])).toEqual([
      'rest',
      'running',
      'squats',
      'walking',
      'arms',
    ]);
    for (const { identity: who, activity: what } of classified) {
      expect([who!.length, what!.length]).toEqual([10, 5]);
      for (const probabilities of [who!, what!]) {
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      }
    }
    expect(await model.classify([])).toEqual([]);
    await model.release();
  });

  test('gives the softmax of the logits', async () => {
    // The power of a tone of amplitude a, as the model measures it, is a²/4; all other logits are about zero.
    const model = await ActivityModel.load(toneModel(toneMetadata, { gain: 10 }));
    const [{ activity: what } = {}] = await model.classify([windows[1]!]);
    const weight = Math.exp((10 * 0.5 ** 2) / 4);
    const expected = activity.map((name) => (name === 'running' ? weight : 1) / (weight + 4));
    what!.forEach((probability, index) => {
      expect(probability).toBeCloseTo(expected[index]!, 4);
    });
    await model.release();
  });

  test('knows its name, hash, metadata and classes, from a file as well', async () => {
    const path = join(folder, 'some.onnx');
    writeFileSync(path, toneModel());
    const model = await ActivityModel.load(path);
    expect(model).toMatchObject({ name: 'tones', metadata: toneMetadata, classes: { identity, activity } });
    expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
    await model.release();
  });

  test('takes a model of one task', async () => {
    const single = { ...toneMetadata, classes: { activity } };
    const model = await ActivityModel.load(toneModel(single, { identity: 'other' }));
    expect(model.classes).toEqual({ activity });
    expect((await model.classify(windows)).map((one) => Object.keys(one))).toEqual(windows.map(() => ['activity']));
    await model.release();
  });

  test.each<[string, () => Uint8Array, RegExp]>([
    ['an identity model', () => meanBeatModel(), /wants identity windows/],
    ['another rate', () => toneModel({ ...toneMetadata, rate: 125 }), /at 125 Hz/],
    ['another normalisation', () => toneModel({ ...toneMetadata, normalize: 'none' }), /normalised: none/],
    ['an input that disagrees with the metadata', () => toneModel(toneMetadata, { samples: 600 }), /N, 1, 600/],
    ['an output without classes', () => toneModel({ ...toneMetadata, classes: { identity } }), /classes .* "activity"/],
    ['classes without an output', () => toneModel(toneMetadata, { identity: 'who' }), /no such output among .*who/],
    [
      'fewer classes than logits',
      () => toneModel({ ...toneMetadata, classes: { identity, activity: activity.slice(1) } }),
      /"activity" as float32\[.*, 5\], .* 4 classes/,
    ],
    [
      'a class that stands twice',
      () => toneModel({ ...toneMetadata, classes: { identity, activity: activity.with(1, 'rest') } }),
      /two classes "rest"/,
    ],
    [
      'neither output',
      () => toneModel({ ...toneMetadata, classes: {} }, { identity: 'who', activity: 'what' }),
      /none of the outputs identity, activity, only .*what/,
    ],
  ])('refuses %s', async (_, model, message) => {
    const error = await refusal(ActivityModel.load(model()));
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBe('');
  });

  test('refuses logits that are no numbers, and windows of the wrong size', async () => {
    const useless = await ActivityModel.load(toneModel(toneMetadata, { gain: Number.NaN }));
    expect((await refusal(useless.classify(windows))).message).toMatch(
      /"identity" .* 0 of them finite, for 10 classes/,
    );
    await useless.release();
    const model = await ActivityModel.load(toneModel());
    expect((await refusal(model.classify([new Float32Array(499)]))).message).toContain('499 samples');
    await model.release();
  });

  test('refuses what is no model, and a file that is not there', async () => {
    await expect(ActivityModel.load(Uint8Array.of(1, 2, 3))).rejects.toThrow(GraphError);
    expect((await refusal(ActivityModel.load(join(folder, 'no.onnx')))).message).toContain('no.onnx');
  });
});
