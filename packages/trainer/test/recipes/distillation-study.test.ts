/** Which trainings the distillation study consists of, and what their figures come to. */
import { describe, expect, test } from '@jest/globals';
import {
  type DistillationResult,
  type DistillationRun,
  deitRecipe,
  distillationMarkdown,
  distillationStudy,
  type EvaluationReport,
  recipeOfRun,
  resnet34Recipe,
  summarizeDistillation,
} from '../../src/index.js';

const options = { seeds: 3, steps: 7, teacherSteps: 5 };
const runs = distillationStudy(options);
const protocols = ['verification/unseen', 'ecg-id/other-record'];

describe('the runs', () => {
  test('are two teachers and five students of each seed, by each protocol, under names of their own', () => {
    expect(runs).toHaveLength(2 * (2 + 5 * 3));
    expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length);
    for (const { name } of runs) expect(name).toMatch(/^[a-z0-9-]+$/);
    for (const protocol of protocols) {
      const own = runs.filter((run) => run.protocol === protocol);
      expect(own.slice(0, 2).map(({ model, triplet, steps }) => [model, triplet, steps])).toEqual([
        ['resnet34', true, 5],
        ['resnet34', false, 5],
      ]);
      const students = own.slice(2);
      expect(students.map(({ seed }) => seed)).toEqual([1, 2, 3].flatMap((seed) => Array(5).fill(seed)));
      expect(students.every(({ model, steps }) => model === 'deit-micro' && steps === 7)).toBe(true);
    }
  });

  test('learn from a teacher of their protocol that comes before them, or from nobody', () => {
    for (const [index, run] of runs.entries()) {
      const teacher = runs.findIndex(({ name }) => name === run.teacher);
      expect(run.teacher === undefined).toBe(run.parts.length === 0);
      if (run.teacher === undefined) continue;
      expect(teacher).toBeLessThan(index);
      expect(runs[teacher]).toMatchObject({ protocol: run.protocol, model: 'resnet34' });
    }
    const untaught = runs.filter(({ variant }) => variant.endsWith('of the teacher without'));
    expect(untaught).toHaveLength(6);
    for (const { teacher } of untaught) expect(runs.find(({ name }) => name === teacher)!.triplet).toBe(false);
  });
});

describe('the recipe of a run', () => {
  const runOf = (variant: string) => runs.find((run) => run.variant === variant)!;

  test('is that of its protocol, with its own seed and steps', () => {
    const teacher = recipeOfRun(runOf('the teacher'));
    expect(teacher).toEqual({ ...resnet34Recipe('verification/unseen'), seed: 1, steps: 5 });
    const student = recipeOfRun({ ...runOf('logits, features, triplets'), seed: 2 });
    expect(student).toEqual({ ...deitRecipe('deit-micro', 'verification/unseen'), seed: 2, steps: 7 });
  });

  test('leaves out what the variant goes without', () => {
    expect(recipeOfRun(runOf('the teacher, trained without triplets')).triplet).toBeUndefined();
    expect(recipeOfRun({ ...runOf('no teacher'), steps: 4000 })).toEqual({
      ...deitRecipe('deit-micro', 'verification/unseen', { taught: false }),
      steps: 4000,
    });
    expect(recipeOfRun(runOf('no teacher')).distillation).toBeUndefined();
    expect(Object.keys(recipeOfRun(runOf('logits, features')).distillation!)).toEqual(['logits', 'features']);
    expect(Object.keys(recipeOfRun(runOf('logits, features, triplets')).distillation!)).toEqual([
      ...['logits', 'features', 'relations', 'triplets'],
    ]);
  });
});

describe('the summary', () => {
  const resultOf = (run: DistillationRun, eer: number): DistillationResult => ({
    run,
    report: {
      metrics: { eerHeartprintS2: { value: eer, low: 0, high: 1, n: 1, subjects: 1 } },
    } as unknown as EvaluationReport,
  });
  const ofVariant = (variant: string) =>
    runs.filter((run) => run.variant === variant && run.protocol === 'verification/unseen');

  test('gives mean and deviation over the seeds, in the order of the runs', () => {
    const rows = summarizeDistillation([
      ...ofVariant('the teacher').map((run) => resultOf(run, 0.05)),
      ...ofVariant('logits').map((run) => resultOf(run, 0.06 + 0.01 * run.seed)),
    ]);
    expect(rows.map(({ variant, model }) => [variant, model])).toEqual([
      ['the teacher', 'resnet34'],
      ['logits', 'deit-micro'],
    ]);
    expect(rows[0]!.metrics).toEqual({ eerHeartprintS2: { mean: 0.05, deviation: 0, runs: 1 } });
    expect(rows[1]!.metrics.eerHeartprintS2).toEqual({
      ...{ mean: expect.closeTo(0.08, 12), deviation: expect.closeTo(0.01, 12), runs: 3 },
    });
    const markdown = distillationMarkdown(rows, options);
    expect(markdown).toContain('| `deit-micro`, logits | – | 0.0800 ± 0.0100 |');
    expect(markdown).toContain('| `resnet34`, the teacher | – | 0.0500 |');
    expect(markdown).toContain('3 seeds, 7 steps each; teachers: one seed, 5 steps.');
  });
});
