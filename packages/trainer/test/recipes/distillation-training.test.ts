/** A student's training: it learns all that a teacher says, goes on as it would have, and leaves a model that needs no teacher. */
import { join } from 'node:path';
import { decodeModel, encodeModel, type Model, readMetadata } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { train } from '../../src/loop/training.js';
import { distillationParts } from '../../src/recipes/distillation/distillation-recipe.js';
import { Teacher } from '../../src/recipes/distillation/teacher.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { identityPlan } from '../../src/recipes/identity/identity-plan.js';
import type { IdentityRecipe } from '../../src/recipes/identity/identity-recipe.js';
import { trainIdentity } from '../../src/recipes/identity/train-identity.js';
import { type StepResult, StepSession } from '../../src/step/step-session.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId } from './small-identity-recipe.js';
import { smallStudentRecipe, smallTeacher } from './small-teacher.js';

const folder = temporaryFolder();
const date = '01.12.2004';

let data: IdentityData;
let teacher: Teacher;
beforeAll(async () => {
  data = await loadIdentityData(partsOf(await smallEcgId(folder, [[date, date], [date], [date]])));
  // Long enough to know three persons.
  teacher = await Teacher.load(await smallTeacher(data, { steps: 24, learningRate: 4e-3 }));
}, 120_000);
afterAll(() => teacher.release());

const planOf = (changes: Partial<IdentityRecipe>) =>
  identityPlan({ recipe: { ...smallStudentRecipe, ...changes }, data, teacher });

const isSame = (a: Model, b: Model) => Buffer.compare(encodeModel(a), encodeModel(b)) === 0;
const initializersOf = ({ graph }: Model) => graph.initializers.map(({ name }) => name);

describe('28 steps', () => {
  const plan = () => planOf({ steps: 28, learningRate: 1e-3 });
  /** Of the first batch, before any step and after all. */
  let before: StepResult;
  let after: StepResult;
  /** Digests of the state tensors, likewise. */
  const states: Map<string, string>[] = [];

  beforeAll(async () => {
    const { step, source, steps, learningRate } = plan();
    const session = await StepSession.create(step, { threads: 1 });
    const keep = () => states.push(new Map([...session.state()].map(([name, values]) => [name, digestOf(values)])));
    try {
      keep();
      const first = await source.next();
      before = await session.run(first, learningRate(1), 1);
      for (let number = 2; number <= steps; number++)
        await session.run(await source.next(), learningRate(number), number);
      keep();
      after = await session.run(first, 0, steps);
    } finally {
      await session.release();
    }
  }, 120_000);

  test.each(['identity', 'triplet', ...distillationParts])('lower %s', (name) => {
    expect(before.losses[name]).toBeGreaterThan(0.01);
    expect(after.losses[name]).toBeLessThan(0.85 * before.losses[name]!);
  });

  test('tell three persons apart', () => {
    // By chance 1/3.
    expect(after.figures.identity).toBeGreaterThan(0.6);
    expect(Object.keys(after.losses)).toHaveLength(6);
  });

  test('train every weight of the student, and the projections beside it', () => {
    const [first, last] = states as [Map<string, string>, Map<string, string>];
    const projections = [1, 2, 3, 4].flatMap((stage) => [`projection${stage}.weight`, `projection${stage}.bias`]);
    expect([...first.keys()].filter((name) => name.startsWith('projection'))).toEqual(projections);
    const untouched = [...first].filter(([name, digest]) => last.get(name) === digest).map(([name]) => name);
    expect(untouched).toEqual([]);
  });
});

test('a training that was stopped and resumed ends in the same bits', async () => {
  const learning = { steps: 8, learningRate: 1e-3, blend: { probability: 0.5, share: [0.25, 0.5] } } as const;
  const options = { every: 2, threads: 1 };
  const whole = await train(planOf(learning), options);
  const checkpoint = join(folder, 'student.checkpoint');
  const controller = new AbortController();
  const stopped = await train(planOf(learning), {
    ...{ ...options, checkpoint, signal: controller.signal },
    onProgress: ({ step }) => step === 5 && controller.abort(),
  });
  expect(stopped).toMatchObject({ isComplete: false, step: 5 });
  expect(isSame(stopped.model, whole.model)).toBe(false);
  const resumed = await train(planOf(learning), { ...options, checkpoint });
  expect(resumed.isComplete).toBe(true);
  expect(resumed.history).toEqual(whole.history);
  expect(isSame(resumed.model, whole.model)).toBe(true);
}, 120_000);

test('a trained student gives logits and the embedding, and has nothing that it only learnt with', async () => {
  const recipe = { ...smallStudentRecipe, steps: 2 };
  const { model, bytes } = await trainIdentity({ recipe, data, teacher }, { threads: 1 });
  for (const finished of [model, decodeModel(bytes)]) {
    expect(finished.graph.outputs.map(({ name }) => name)).toEqual(['logits', 'embedding']);
    expect(initializersOf(finished).filter((name) => name.includes('projection'))).toEqual([]);
    expect(finished.graph.inputs.map(({ name }) => name)).toEqual(['beats']);
  }
  expect(initializersOf(model)).toEqual(initializersOf(planOf({}).model));
  expect(readMetadata(model.metadata)).toMatchObject({
    name: 'deit-micro',
    normalize: 'z-score',
    classes: { identity: ['Person_01', 'Person_02', 'Person_03'] },
    training: { data: ['ecg-id'], records: data.trainingRecords },
  });
}, 60_000);
