/** Activity models in the engines that run ONNX: their probabilities by definition, and clear words for files that are none. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { activities, expectedProbabilities, steepnessModel } from '../../../testing/steepness-model.js';
import { ActivityModel, createEngine } from '../src/index.js';

/** A window of a triangle wave with so many samples a period, of standard deviation 1. */
function triangle(period: number): Float32Array {
  return Float32Array.from({ length: 1000 }, (_, i) => Math.sqrt(3) * (4 * Math.abs(((i / period) % 1) - 0.5) - 1));
}

describe.each(['ort-node', 'ort-web'])('in %s an activity model', (engineName) => {
  let model: ActivityModel;
  beforeAll(async () => {
    model = await ActivityModel.load(steepnessModel(), await createEngine(engineName));
  });
  afterAll(() => model.close());

  test('says what its file says', () => {
    expect(model.samples).toBe(1000);
    expect(model.activities).toEqual(activities);
    expect(model.reference).toMatchObject({ name: 'steepness', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test.each([1000, 14, 7, 4.8, 3.6])(
    'gives the probabilities of its definition for a period of %d samples',
    async (period) => {
      const window = triangle(period);
      const found = await model.classify(window);
      const expected = expectedProbabilities(window);
      expect(found.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
      for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 4);
    },
  );
});

test('an activity model needs no other head, and may take one window at a time', async () => {
  const engine = await createEngine('ort-node');
  const model = await ActivityModel.load(steepnessModel({ heads: false }), engine);
  expect(Array.from(await model.classify(triangle(7)), Math.round)).toEqual([0, 0, 1, 0, 0]);
  await model.close();
});

describe('as an activity model the gateway refuses', () => {
  test.each([
    ['another rate', { metadata: { rate: 500 } }, /500 Hz/],
    [
      'an identity window',
      { metadata: { window: { kind: 'identity', beats: 3, before: 150, after: 150 } } },
      /"identity"/,
    ],
    ['a window of minutes', { metadata: { window: { kind: 'activity', samples: 25_000 } } }, /25000/],
    ['another normalisation', { metadata: { normalize: 'none' } }, /normalised: none/],
    ['an input of another length', { samples: 900 }, /float32 \[N, 1, 900\]/],
    ['no logits of activities', { output: 'logits' }, /no output named 'activity'/],
    ['no names', { metadata: { classes: {} } }, /does not name its activities/],
    ['two of a name', { metadata: { classes: { activity: ['a', 'b', 'c', 'd', 'a'] } } }, /same name/],
    ['a logit without a name', { metadata: { classes: { activity: ['rest', 'arms'] } } }, /no row of 2 finite/],
    ['not-a-number', { broken: true }, /no row of 5 finite/],
  ] as const)('%s', async (_, options, expected) => {
    const load = ActivityModel.load(steepnessModel(options), await createEngine('ort-node'));
    await expect(load).rejects.toThrow(expected);
    await expect(load).rejects.toMatchObject({ name: 'RuntimeError', hint: expect.stringMatching(/./) });
  });
});
