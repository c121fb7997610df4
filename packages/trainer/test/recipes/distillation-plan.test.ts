/** A student's recipe as a plan: what it learns of a teacher, what it asks for, and which teachers it refuses. */
import { decodeModel, encodeModel, type Model, readMetadata, writeMetadata } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fingerprintOf } from '../../src/loop/fingerprint.js';
import type { TrainingPlan } from '../../src/loop/training.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type DistillationRecipe, distillationParts } from '../../src/recipes/distillation/distillation-recipe.js';
import { Teacher } from '../../src/recipes/distillation/teacher.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { type IdentityPlanInput, identityPlan } from '../../src/recipes/identity/identity-plan.js';
import type { IdentityRecipe } from '../../src/recipes/identity/identity-recipe.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId, smallIdentityRecipe } from './small-identity-recipe.js';
import { smallStudentRecipe, smallTeacher } from './small-teacher.js';

const folder = temporaryFolder();
const date = '01.12.2004';
const distillation = smallStudentRecipe.distillation!;

let data: IdentityData;
let bytes: Uint8Array;
let teacher: Teacher;
let plan: TrainingPlan;
const planOf = (changes: Partial<IdentityRecipe> = {}, input: Partial<IdentityPlanInput> = {}) =>
  identityPlan({ recipe: { ...smallStudentRecipe, ...changes }, data, teacher, ...input });

beforeAll(async () => {
  data = await loadIdentityData(partsOf(await smallEcgId(folder, [[date, date], [date], [date]])));
  bytes = await smallTeacher(data);
  teacher = await Teacher.load(bytes);
  plan = planOf();
}, 120_000);
afterAll(() => teacher.release());

const isSame = (a: Model, b: Model) => Buffer.compare(encodeModel(a), encodeModel(b)) === 0;

const stages = [1, 2, 3, 4].map((stage) => `teacher_stage${stage}`);
/** What each part wants of the teacher. */
const answers: Readonly<Record<keyof DistillationRecipe, readonly string[]>> = {
  logits: ['teacher_logits'],
  features: stages,
  relations: ['teacher_embedding'],
  triplets: ['teacher_embedding'],
};

const only = (part: keyof DistillationRecipe): DistillationRecipe => ({ [part]: distillation[part] });

describe('a plan', () => {
  const inputsOf = (parts: readonly (keyof DistillationRecipe)[]) =>
    new Set(['beats', 'person_label', ...parts.flatMap((part) => answers[part])]);

  test.each<[string, DistillationRecipe, (typeof distillationParts)[number][]]>([
    ['all that a teacher has to say', distillation, [...distillationParts]],
    ...distillationParts.map(
      (part) => [`${part} alone`, only(part), [part]] as [string, DistillationRecipe, [typeof part]],
    ),
    ['nothing', {}, []],
  ])('learns %s, and asks for no more', async (_, chosen, parts) => {
    const { step, source, model } = planOf({ distillation: chosen });
    expect(step.losses).toEqual(['identity', 'triplet', ...parts]);
    expect(new Set(step.batchInputs)).toEqual(inputsOf(parts));
    expect(new Set(Object.keys(await source.next()))).toEqual(inputsOf(parts));
    // What is learnt is no part of the student.
    expect(isSame(model, plan.model)).toBe(true);
  });

  test.each(distillationParts)('weighs %s as it is told', (part) => {
    const heavier = { ...distillation, [part]: { ...distillation[part], weight: 7 * distillation[part]!.weight } };
    const { step, model } = planOf({ distillation: heavier });
    expect(isSame(model, plan.model)).toBe(true);
    expect(isSame(step.model, plan.step.model)).toBe(false);
  });

  test('is the same for the same seed; without a teacher it learns from the same windows of the persons alone', async () => {
    const [again, alone] = [planOf(), identityPlan({ recipe: smallStudentRecipe, data })];
    expect(isSame(again.step.model, plan.step.model)).toBe(true);
    const [taught, untaught] = [await again.source.next(), await alone.source.next()];
    expect(alone.step.losses).toEqual(['identity', 'triplet']);
    expect(alone.step.batchInputs).toEqual(['beats', 'person_label']);
    expect(Object.keys(untaught)).toEqual(['beats', 'person_label']);
    expect(digestOf(taught.beats!)).toBe(digestOf(untaught.beats!));
    expect(isSame(alone.model, plan.model)).toBe(true);
  });

  test('is another for another teacher', async () => {
    const model = decodeModel(bytes);
    const metadata = writeMetadata({ ...readMetadata(model.metadata), version: '9.9.9' });
    const other = await Teacher.load(encodeModel({ ...model, metadata }));
    try {
      expect(plan.recipe).toMatchObject({ teacher: teacher.about.sha256 });
      const plans = [plan, planOf({}, { teacher: other }), identityPlan({ recipe: smallStudentRecipe, data })];
      expect(new Set(plans.map((one) => fingerprintOf(one, 100, 1))).size).toBe(3);
    } finally {
      await other.release();
    }
  });
});

describe('refused is', () => {
  const others = () => ({ ...data, persons: ['Person_07', 'Person_08', 'Person_09'] });
  const turned = () => ({ ...data, persons: data.persons.toReversed() });

  test.each<[string, () => TrainingPlan, string]>([
    ['a teacher of other persons', () => planOf({}, { data: others() }), 'the teacher knows 3 persons, not the 3 of'],
    ['a teacher of the persons in another order', () => planOf({}, { data: turned() }), 'in the same order'],
    [
      'a teacher of other beats',
      () => planOf({ normalize: 'min-max' }),
      'the teacher wants z-score beats, deit-micro is trained on min-max ones',
    ],
    [
      'a teacher for a teacher',
      () => planOf({ network: smallIdentityRecipe.network }),
      'resnet34 has nothing to learn from a teacher',
    ],
    [
      'a teacher for a recipe without one',
      () => {
        const { distillation: _, ...recipe } = smallStudentRecipe;
        return identityPlan({ recipe, data, teacher });
      },
      'deit-micro has nothing to learn from a teacher',
    ],
    [
      'a teacher who looks elsewhere',
      () => planOf({ network: { name: 'deit-micro', crop: [240, 300], stem: 'conv' } }),
      'the student looks at samples 240 to 300 of a beat, the teacher at 60 to 240 of 300',
    ],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(RecipeError);
    expect(make).toThrow(message);
  });

  test('but not a teacher of other persons whose soft labels are not asked for', () => {
    const { logits: _, ...parts } = distillation;
    expect(planOf({ distillation: parts }, { data: others() }).step.losses).toContain('relations');
  });
});
