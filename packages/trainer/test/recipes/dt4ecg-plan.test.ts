/** DT4ECG's recipe as a plan: it learns, and every setting has its effect. */
import { encodeModel } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type TrainingPlan, train } from '../../src/loop/training.js';
import { NO_LABEL } from '../../src/losses/class-targets.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type Dt4EcgPlanInput, dt4ecgPlan } from '../../src/recipes/dt4ecg/dt4ecg-plan.js';
import type { Dt4EcgRecipe } from '../../src/recipes/dt4ecg/dt4ecg-recipe.js';
import { LOSS_WEIGHTS } from '../../src/step/training-step.js';
import { digestOf } from './digest.js';
import { smallData, smallRecipe, stretchOf } from './small-recipe.js';

const planOf = (changes: Partial<Dt4EcgRecipe> = {}, input: Partial<Dt4EcgPlanInput> = {}) =>
  dt4ecgPlan({ recipe: { ...smallRecipe, ...changes }, data: smallData(), threads: 1, ...input });

const classesOf = ({ model }: TrainingPlan) =>
  Object.fromEntries(model.graph.outputs.map(({ name, shape }) => [name, shape![1]]));
const hasAttention = ({ model }: TrainingPlan) =>
  model.graph.initializers.some(({ name }) => name.startsWith('attention.'));
const isBalanced = ({ step }: TrainingPlan) => step.initialState.some(({ name }) => name === LOSS_WEIGHTS);
const isSame = (a: TrainingPlan['model'], b: TrainingPlan['model']) =>
  Buffer.compare(encodeModel(a), encodeModel(b)) === 0;

let plan: TrainingPlan;
beforeAll(() => {
  plan = planOf();
});

describe('the recipe', () => {
  test('lowers both losses within 30 steps, and beats chance on signal that it did not see', async () => {
    const validation = [0, 1, 2].flatMap((person) =>
      [0, 1].map((activity) => {
        const { samples, ...labels } = stretchOf(person, activity, 20);
        return { ...labels, samples: samples.slice(12 * 250) };
      }),
    );
    const learning = planOf({ steps: 30, learningRate: 4e-3 }, { data: smallData({ validation }) });
    const { history } = await train(learning, { every: 10, threads: 1 });
    const [first, last] = [history[0]!, history.at(-1)!];
    for (const task of ['identity', 'activity']) expect(last.losses[task]).toBeLessThan(0.85 * first.losses[task]!);
    // By chance 1/2 and 1/3.
    expect(last.validation!.activity).toBeGreaterThan(0.8);
    expect(last.validation!.identity).toBeGreaterThan(0.45);
    // GradNorm was at work.
    const { identity, activity } = last.lossWeights!;
    expect(identity! + activity!).toBeCloseTo(2, 5);
    expect(Math.abs(identity! - 1)).toBeGreaterThan(0.01);
    expect(learning.score!({ identity: 0.5, activity: 1 })).toBe(0.75);
  });

  test('is the same plan for the same seed: model, step and batches', async () => {
    const [second, other] = [planOf(), planOf({ seed: 2 })];
    expect(isSame(second.model, plan.model)).toBe(true);
    expect(isSame(second.step.model, plan.step.model)).toBe(true);
    const batchOf = async ({ source }: TrainingPlan) => digestOf(...Object.values(await source.next()));
    const batch = await batchOf(plan);
    expect(await batchOf(second)).toBe(batch);
    expect(await batchOf(other)).not.toBe(batch);
    expect(isSame(other.model, plan.model)).toBe(false);
  });

  test('has a head for each task with the classes of the data, attention, and GradNorm', () => {
    expect(classesOf(plan)).toEqual({ identity: 3, activity: 2, embedding: 128 });
    expect(hasAttention(plan)).toBe(true);
    expect(isBalanced(plan)).toBe(true);
    expect(plan.step).toMatchObject({
      losses: ['identity', 'activity'],
      figures: ['identity', 'activity'],
      batchInputs: ['signal', 'identity_label', 'activity_label'],
      batch: 8,
    });
    expect(plan.validate).toBeUndefined();
  });

  test('may leave attention and a task out: then there is nothing to balance, and one person is enough', () => {
    const data = smallData({ persons: ['01'], validation: [stretchOf(0, 1)] });
    const single = planOf({ tasks: ['activity'], attention: false }, { data });
    expect(classesOf(single)).toEqual({ activity: 2, embedding: 128 });
    expect(hasAttention(single)).toBe(false);
    expect(isBalanced(single)).toBe(false);
    expect(single.step).toMatchObject({ losses: ['activity'], batchInputs: ['signal', 'activity_label'] });
    expect(single.score!({ identity: 0.5, activity: 1 })).toBe(1);
  });

  test('may leave the weights of the losses fixed, and mix examples of nobody in', async () => {
    const { gradNormAlpha: _, ...fixed } = { ...smallRecipe, syntheticPerBatch: 2 };
    const synthetic = [{ ...stretchOf(1, 1), identity: NO_LABEL }];
    const mixed = dt4ecgPlan({ recipe: fixed, data: smallData(), synthetic });
    expect(isBalanced(mixed)).toBe(false);
    const batch = await mixed.source.next();
    expect([...batch.identity_label!].map((label) => label >= 0)).toEqual([...Array(6).fill(true), false, false]);
    for (const name of mixed.step.batchInputs) {
      const { shape } = mixed.step.model.graph.inputs.find((input) => input.name === name)!;
      expect(batch[name]).toHaveLength((shape as number[]).reduce((product, size) => product * size, 1));
    }
  });

  test('lets the learning rate rise, then fall to 0 along a cosine', () => {
    const { learningRate } = planOf({ steps: 40, warmUp: 0.25, learningRate: 0.01 });
    expect([5, 10, 25, 40].map(learningRate)).toEqual([0.005, 0.01, 0.005, 0].map((rate) => expect.closeTo(rate, 10)));
  });

  test('tells its checkpoints apart by settings, persons, recordings, and the signal with its labels', () => {
    expect(plan.recipe).toEqual({
      recipe: smallRecipe,
      persons: ['01', '02', '03'],
      records: ['kalouskova/01/01_01_klud[0,0.7)'],
      signal: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const [first, ...others] = smallData().training;
    const moved = { ...first!, samples: first!.samples.with(100, 7) };
    const renamed = { ...first!, activity: 1 };
    const single = { tasks: ['activity'], attention: false } as const;
    const recipes = [first!, moved, renamed].map(
      (stretch) => planOf(single, { data: smallData({ training: [stretch, ...others] }) }).recipe,
    );
    expect(new Set(recipes.map((recipe) => JSON.stringify(recipe))).size).toBe(3);
  });
});

describe('refused is', () => {
  const noise = { recordedNoise: { probability: 1, snr: [0, 1] } } as const;
  test.each<[string, Partial<Dt4EcgRecipe>, Partial<Dt4EcgPlanInput>, string]>([
    ['one person', {}, { data: smallData({ persons: ['01'] }) }, 'the number of classes of "identity" is 1'],
    ['recorded noise that is not there', { augmentation: noise }, {}, 'recorded noise is wanted'],
    ['synthetic signal that is not there', { syntheticPerBatch: 1 }, {}, 'none of the 0 stretches'],
    ['a window longer than the recordings', { samples: 5000 }, {}, 'holds a window of 5000 samples'],
    ['half a step', { steps: 2.5 }, {}, 'the number of steps is 2.5'],
    ['a learning rate of 0', { learningRate: 0 }, {}, 'the peak of the learning rate is 0'],
  ])('%s', (_, recipe, input, message) => {
    expect(() => planOf(recipe, input)).toThrow(RecipeError);
    expect(() => planOf(recipe, input)).toThrow(message);
  });
});
