/** The recipe of an identity network as a plan: it learns, goes on as it would have, and every setting has its effect. */
import { join } from 'node:path';
import { encodeModel, type Model } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '../../src/loop/fingerprint.js';
import { type TrainingOutcome, type TrainingPlan, train } from '../../src/loop/training.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { type IdentityPlanInput, identityPlan } from '../../src/recipes/identity/identity-plan.js';
import type { IdentityRecipe } from '../../src/recipes/identity/identity-recipe.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId, smallIdentityRecipe } from './small-identity-recipe.js';

const folder = temporaryFolder();
const date = '01.12.2004';
let data: IdentityData;

const planOf = (changes: Partial<IdentityRecipe> = {}, input: Partial<IdentityPlanInput> = {}) =>
  identityPlan({ recipe: { ...smallIdentityRecipe, ...changes }, data, ...input });

const dataOf = ({ graph }: Model, name: string) =>
  graph.initializers.find((initializer) => initializer.name === name)!.data as Float32Array;
const isSame = (a: Model, b: Model) => Buffer.compare(encodeModel(a), encodeModel(b)) === 0;

let plan: TrainingPlan;
beforeAll(async () => {
  data = await loadIdentityData(partsOf(await smallEcgId(folder, [[date, date], [date], [date, date]])));
  plan = planOf();
});

describe('a training', () => {
  const learning = { steps: 24, learningRate: 4e-3 };
  let outcome: TrainingOutcome;
  beforeAll(async () => {
    outcome = await train(planOf(learning), { every: 6, threads: 1 });
  }, 120_000);

  test('lowers both losses within 24 steps, and tells three persons apart', () => {
    const [first, last] = [outcome.history[0]!, outcome.history.at(-1)!];
    expect(last.losses.identity).toBeLessThan(0.8 * first.losses.identity!);
    expect(last.losses.triplet).toBeLessThan(0.8 * first.losses.triplet!);
    // By chance 1/3.
    expect(last.figures.identity).toBeGreaterThan(0.8);
  });

  test('leaves the offset of the neck at 0, and trains its scale and everything else', () => {
    expect(dataOf(outcome.model, 'neck.bias').every((value) => value === 0)).toBe(true);
    for (const { name } of plan.model.graph.initializers.filter(({ dtype }) => dtype === 'float32')) {
      const unchanged = digestOf(dataOf(outcome.model, name)) === digestOf(dataOf(plan.model, name));
      expect([name, unchanged]).toEqual([name, name === 'neck.bias']);
    }
  });

  test('that was stopped and resumed ends in the same bits', async () => {
    const checkpoint = join(folder, 'identity.checkpoint');
    const controller = new AbortController();
    const stopped = await train(planOf(learning), {
      ...{ every: 6, threads: 1, checkpoint, signal: controller.signal },
      onProgress: ({ step }) => step === 18 && controller.abort(),
    });
    expect(stopped).toMatchObject({ isComplete: false, step: 18 });
    expect(isSame(stopped.model, outcome.model)).toBe(false);
    const resumed = await train(planOf(learning), { every: 6, threads: 1, checkpoint });
    expect(resumed.isComplete).toBe(true);
    expect(resumed.history).toEqual(outcome.history);
    expect(isSame(resumed.model, outcome.model)).toBe(true);
  }, 120_000);
});

describe('the plan', () => {
  test('has a class for every person, cross-entropy and triplet loss, and P · K rows', async () => {
    const outputs = Object.fromEntries(plan.model.graph.outputs.map(({ name, shape }) => [name, shape![1]]));
    expect(outputs).toEqual({ logits: 3, embedding: 32, pooled: 32 });
    expect(plan.step).toMatchObject({
      losses: ['identity', 'triplet'],
      figures: ['identity'],
      batchInputs: ['beats', 'person_label'],
      batch: 12,
    });
    expect(plan.validate).toBeUndefined();
    const batch = await plan.source.next();
    expect(batch.beats).toHaveLength(12 * 900);
    expect(batch.person_label).toHaveLength(12);
  });

  test('of another seed has other weights and other batches', async () => {
    const other = planOf({ seed: 2 });
    expect(isSame(other.model, plan.model)).toBe(false);
    const batchOf = async ({ source }: TrainingPlan) => digestOf(...Object.values(await source.next()));
    expect(await batchOf(other)).not.toBe(await batchOf(plan));
  });

  test('has the network, the schedule and the judge that it is given', () => {
    const network = { ...smallIdentityRecipe.network, width: 8, crop: [0, 300], neck: false } as const;
    const judge = { validate: async () => ({ accuracy: 1 }), score: () => 1 };
    const given = planOf({ network, steps: 40, warmUp: 0.25, learningRate: 0.01 }, judge);
    expect(given.model.graph.outputs.map(({ name, shape }) => [name, shape![1]])).toEqual([
      ['logits', 3],
      ['embedding', 64],
    ]);
    expect(given.model.graph.nodes.some(({ operator }) => operator === 'Slice')).toBe(false);
    // Without a neck the embedding itself is what the triplet loss compares.
    expect(given.step.losses).toEqual(['identity', 'triplet']);
    expect([5, 10, 25, 40].map(given.learningRate)).toEqual(
      [0.005, 0.01, 0.005, 0].map((rate) => expect.closeTo(rate, 10)),
    );
    expect(given).toMatchObject(judge);
  });

  test('may do without the triplet loss, whose weight counts', () => {
    const { triplet, ...without } = smallIdentityRecipe;
    expect(identityPlan({ recipe: without, data }).step.losses).toEqual(['identity']);
    const heavier = planOf({ triplet: { ...triplet!, weight: 2 * triplet!.weight } });
    expect(isSame(heavier.model, plan.model)).toBe(true);
    expect(isSame(heavier.step.model, plan.step.model)).toBe(false);
  });
});

describe('the fingerprint', () => {
  type Windows = IdentityData['records'][number];
  const fingerprint = (own: TrainingPlan) => fingerprintOf(own, 100, 1);

  test('is that of settings, persons, records and the signal', () => {
    expect(plan.recipe).toEqual({
      recipe: smallIdentityRecipe,
      persons: ['Person_01', 'Person_02', 'Person_03'],
      records: data.trainingRecords,
      signal: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('is the same whatever temperature the logits get when all is done', () => {
    expect(fingerprint(planOf({ temperature: 0.7 }))).toBe(fingerprint(plan));
  });

  test.each<[string, (first: Windows) => Windows]>([
    [
      'one sample of the signal',
      ({ person, windows }) => ({
        person,
        windows: windows.map(({ signal, starts }) => ({ signal: signal.with(1000, 7), starts })),
      }),
    ],
    [
      'a place where a window is cut',
      ({ person, windows: [{ signal, starts }, ...others] }) => {
        const [first, second, third] = starts;
        return { person, windows: [{ signal, starts: [first, second, third + 1] }, ...others] };
      },
    ],
    ['the person of a record', (first) => ({ ...first, person: 1 })],
  ])('is another for %s', (_, change) => {
    const [first, ...others] = data.records;
    const changed = planOf({}, { data: { ...data, records: [change(first!), ...others] } });
    expect(isSame(changed.model, plan.model)).toBe(true);
    expect(fingerprint(changed)).not.toBe(fingerprint(plan));
  });
});

describe('refused is', () => {
  const noise = { recordedNoise: { probability: 1, snr: [0, 1] } } as const;
  test.each<[string, Partial<IdentityRecipe>, string]>([
    ['a batch of more persons than there are', { persons: 4 }, 'batches of 4 classes were asked for'],
    ['a batch of nobody', { persons: 0 }, 'the number of classes per batch is 0'],
    ['recorded noise that is not there', { augmentation: noise }, 'recorded noise is wanted'],
    ['half a step', { steps: 2.5 }, 'the number of steps is 2.5'],
    ['a learning rate of 0', { learningRate: 0 }, 'the peak of the learning rate is 0'],
  ])('%s', (_, recipe, message) => {
    expect(() => planOf(recipe)).toThrow(RecipeError);
    expect(() => planOf(recipe)).toThrow(message);
  });
});
