/** `edgebeat study`: many trainings that together answer a question, with mean and deviation over seeds. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  distillationMarkdown,
  distillationStudy,
  dt4ecgRecipe,
  dt4ecgStudies,
  kalouskova,
  type StudyRow,
  studyToMarkdown,
  summarizeDistillation,
  summarizeStudy,
} from '@edgebeat/trainer';
import type { Command } from 'commander';
import { dataFolder } from '../data-folder.js';
import { evaluateApart } from '../evaluate/evaluate-apart.js';
import { oneOf, positiveInteger } from '../option-values.js';
import type { Output } from '../output.js';
import type { Shell } from '../shell.js';
import { carryOutDistillation } from '../study/distillation-runs.js';
import { runStudy } from '../study/study-pool.js';
import { startProgress } from '../terminal/progress.js';
import { syntheticRecordings } from '../train/synthetic-recordings.js';

interface StudyOptions {
  data?: string;
  out?: string;
  seeds: number;
  steps?: number;
  teacherSteps: number;
  parallel: number;
}

const DISTILLATION = 'distillation';
const names = [...dt4ecgStudies.keys(), DISTILLATION];
/** Of deit-micro and its teachers: fewer than the recipes have, so that all of it is done in some hours on two cores. */
const STUDENT_STEPS = 2000;
const TEACHER_STEPS = 2000;

export function registerStudy(program: Command, shell: Shell): void {
  program
    .command('study')
    .summary('trainings side by side: ablation, unseen persons, unseen electrodes, distillation')
    .description(
      'Carries out the trainings of a study, judges each by its protocol, and gives mean and deviation over the seeds. Finished trainings are kept in --out and not done again; Ctrl-C loses those under way. With three seeds the ablation is 18 trainings, leave-one-person-out 30, distillation 34.\nStudies:\n' +
        [...dt4ecgStudies.values()].map(({ name, description }) => `  ${name}: ${description}`).join('\n') +
        `\n  ${DISTILLATION}: what a teacher is worth to deit-micro, part by part, by verification/unseen and ecg-id/other-record`,
    )
    .argument('<study>', `one of ${names.join(', ')}`, (name) => oneOf(names, name))
    .option('--data <folder>', 'folder that holds the recordings; EDGEBEAT_DATA by default')
    .option('--out <folder>', 'where results are kept; studies/STUDY by default')
    .option('--seeds <n>', 'trainings of each variant', positiveInteger, 3)
    .option(
      '--steps <n>',
      `batches of each training; ${dt4ecgRecipe.steps} by default, of distillation ${STUDENT_STEPS}`,
      positiveInteger,
    )
    .option('--teacher-steps <n>', 'of distillation: batches of each teacher', positiveInteger, TEACHER_STEPS)
    .option('--parallel <n>', 'trainings at the same time', positiveInteger, availableParallelism())
    .action(
      shell.action<StudyOptions, [string]>(async ({ output, signal }, options, name) => {
        const dataDir = dataFolder(options.data);
        const outDir = options.out ?? join('studies', name);
        await (name === DISTILLATION ? studyDistillation : studyDt4Ecg)({
          ...options,
          name,
          dataDir,
          outDir,
          output,
          signal,
        });
      }),
    );
}

interface Study extends StudyOptions {
  readonly name: string;
  readonly dataDir: string;
  readonly outDir: string;
  readonly output: Output;
  readonly signal: AbortSignal;
}

async function studyDt4Ecg({ name, dataDir, outDir, output, signal, parallel, seeds, steps: wanted }: Study) {
  const options = { seeds, steps: wanted ?? dt4ecgRecipe.steps };
  const study = dt4ecgStudies.get(name)!;
  const { subjects } = await kalouskova(dataDir);
  const runs = study.runs(
    subjects.map((subject) => subject.name),
    options,
  );
  const total = runs.reduce((sum, { recipe }) => sum + recipe.steps, 0);
  const progress = startProgress(output, name, total);
  const results = await runStudy(runs, {
    ...{ dataDir, outDir, parallel, signal },
    synthetic: syntheticRecordings(dt4ecgRecipe),
    onProgress: (steps) => progress.update(steps),
  }).finally(() => progress.stop());
  const { rows, pooled } = summarizeStudy(results);
  const result = {
    schema: 'edgebeat.study/1',
    ...{ study: name, ...options },
    rows: rows satisfies readonly StudyRow[],
    ...(study.pools ? { pooled } : {}),
  } as const;
  output.finish(result, () => studyToMarkdown(study, { rows, pooled }, options));
}

async function studyDistillation({ name, dataDir, outDir, output, signal, parallel, ...given }: Study) {
  const { seeds, teacherSteps, steps = STUDENT_STEPS } = given;
  const options = { seeds, steps, teacherSteps };
  const runs = distillationStudy(options);
  const total = runs.reduce((sum, run) => sum + run.steps, 0);
  const progress = startProgress(output, name, total);
  const results = await carryOutDistillation(runs, {
    ...{ dataDir, outDir, parallel, signal },
    judge: (model, protocol) => evaluateApart({ model, protocol, dataDir, seed: 1 }, { onProgress: () => {}, signal }),
    onProgress: (done) => progress.update(done),
  }).finally(() => progress.stop());
  const rows = summarizeDistillation(results);
  const result = { schema: 'edgebeat.study/1', study: name, ...options, rows } as const;
  output.finish(result, () => distillationMarkdown(rows, options));
}
