/** One training of a study, from recordings to report. */
import { beforeAll, expect, test } from '@jest/globals';
import { RecipeError } from '../../src/recipe-error.js';
import { runOfStudy, type StudyRun, type StudyRunOptions } from '../../src/recipes/dt4ecg/studies/study-run.js';
import { ecgOf, writeKalouskova } from '../synthetic-data-sets.js';
import { temporaryFolder } from '../temporary-folder.js';
import { smallRecipe } from './small-recipe.js';

const dataDir = temporaryFolder();
const activities = ['klud', 'beh'];
const names = ['01', '02', '03'].flatMap((person) => activities.map((activity) => `${person}_01_${activity}`));

beforeAll(() => writeKalouskova(dataDir, [...names, '01_02_klud'], { seconds: 8 }));

const whole = { from: 0, to: 1 };
const run: StudyRun = {
  name: 'person-02-seed1',
  variant: 'person 02',
  recipe: { ...smallRecipe, steps: 2, trainPart: whole, attention: false },
  exclude: { persons: ['02'] },
  protocol: 'kalouskova/unseen-person',
};
const options: StudyRunOptions = { dataDir, synthetic: [], threads: 1 };

test('leaves a person out, and is judged on that person alone', async () => {
  const steps: number[] = [];
  const result = await runOfStudy(run, { ...options, onProgress: ({ step }) => steps.push(step) });
  expect(result!.run).toBe(run);
  expect(result!.report).toMatchObject({
    protocol: 'kalouskova/unseen-person',
    subjects: 1,
    training: 'unseen',
    metrics: { activity: { subjects: 1 } },
  });
  // Two records of 8 s, windows of a second, less what the resampler waits for.
  expect(result!.report.windows).toBe(14);
  expect(steps).toEqual([0, 1, 2]);
});

test('leaves an electrode out, with synthetic examples in its batches', async () => {
  const samples = ecgOf(9, { rate: 256, seconds: 4, seed: 1 });
  const result = await runOfStudy(
    {
      ...run,
      recipe: { ...run.recipe, syntheticPerBatch: 2 },
      exclude: { electrodes: ['02'] },
      protocol: 'kalouskova/unseen-electrode',
    },
    { ...options, synthetic: [{ samples, rate: 256, activity: 'arms' }] },
  );
  expect(result!.report).toMatchObject({ training: 'unseen', subjects: 1 });
  expect(Object.keys(result!.report.metrics)).toEqual(expect.arrayContaining(['identity', 'activity']));
});

test('comes to nothing when it is stopped', async () => {
  expect(await runOfStudy(run, { ...options, signal: AbortSignal.abort() })).toBeUndefined();
});

test('is refused where everybody is left out', async () => {
  const nobody = runOfStudy({ ...run, exclude: { persons: ['01', '02', '03'] } }, options);
  await expect(nobody).rejects.toThrow(RecipeError);
  await expect(nobody).rejects.toThrow('no recording is left to train on');
});
