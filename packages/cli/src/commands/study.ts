/** `edgebeat study`: many trainings that together answer a question, with mean and deviation over seeds. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  dt4ecgRecipe,
  dt4ecgStudies,
  kalouskova,
  type StudyRow,
  studyToMarkdown,
  summarizeStudy,
} from '@edgebeat/trainer';
import type { Command } from 'commander';
import { dataFolder } from '../data-folder.js';
import { oneOf, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { startProgress } from '../terminal/progress.js';
import { runStudy } from '../train/study-pool.js';
import { syntheticRecordings } from '../train/synthetic-recordings.js';

interface StudyOptions {
  data?: string;
  out?: string;
  seeds: number;
  steps: number;
  parallel: number;
}

const names = [...dt4ecgStudies.keys()];

export function registerStudy(program: Command, shell: Shell): void {
  program
    .command('study')
    .summary('trainings side by side: ablation, unseen persons, unseen electrodes')
    .description(
      'Carries out the trainings of a study of dt4ecg, judges each by its protocol, and gives mean and deviation over the seeds. Finished trainings are kept in --out and not done again; Ctrl-C loses those under way. With three seeds the ablation is 18 trainings, leave-one-person-out 30.\nStudies:\n' +
        [...dt4ecgStudies.values()].map(({ name, description }) => `  ${name}: ${description}`).join('\n'),
    )
    .argument('<study>', `one of ${names.join(', ')}`, (name) => oneOf(names, name))
    .option('--data <folder>', 'folder that holds the recordings; EDGEBEAT_DATA by default')
    .option('--out <folder>', 'where results are kept; studies/STUDY by default')
    .option('--seeds <n>', 'trainings of each variant', positiveInteger, 3)
    .option('--steps <n>', 'batches of each training', positiveInteger, dt4ecgRecipe.steps)
    .option('--parallel <n>', 'trainings at the same time', positiveInteger, availableParallelism())
    .action(
      shell.action<StudyOptions, [string]>(async ({ output, signal }, options, name) => {
        const dataDir = dataFolder(options.data);
        const study = dt4ecgStudies.get(name)!;
        const { subjects } = await kalouskova(dataDir);
        const runs = study.runs(
          subjects.map((subject) => subject.name),
          options,
        );
        const total = runs.reduce((sum, { recipe }) => sum + recipe.steps, 0);
        const progress = startProgress(output, name, total);
        const results = await runStudy(runs, {
          dataDir,
          synthetic: syntheticRecordings(dt4ecgRecipe),
          outDir: options.out ?? join('studies', name),
          parallel: options.parallel,
          signal,
          onProgress: (steps) => progress.update(steps),
        }).finally(() => progress.stop());
        const { rows, pooled } = summarizeStudy(results);
        const result = {
          schema: 'edgebeat.study/1',
          study: name,
          seeds: options.seeds,
          steps: options.steps,
          rows: rows satisfies readonly StudyRow[],
          ...(study.pools ? { pooled } : {}),
        } as const;
        output.finish(result, () => studyToMarkdown(study, { rows, pooled }, options));
      }),
    );
}
