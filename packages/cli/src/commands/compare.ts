/** `edgebeat compare`: identity models side by side by every protocol, the table of the model cards. */
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fillTable, identityTable } from '@edgebeat/trainer';
import type { Command } from 'commander';
import { comparedModels, compareIdentityModels } from '../compare/compare-identity-models.js';
import { dataFolder } from '../data-folder.js';
import { nonNegativeInteger, oneOf, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { startProgress } from '../terminal/progress.js';

interface CompareOptions {
  data?: string;
  out: string;
  seed: number;
  models: readonly string[];
  steps?: number;
  threads: number;
  card?: string;
}

export function registerCompare(program: Command, shell: Shell): void {
  program
    .command('compare')
    .summary('identity models side by side by every protocol')
    .description(
      'Trains every identity model for every protocol, judges it, and judges the weights that come with edgebeat on persons whom they have not seen. Finished models and reports are kept in --out and not made again; stopped by Ctrl-C, the command goes on where it was. With all networks trained from scratch it takes most of a day on two cores.',
    )
    .option('--data <folder>', 'folder that holds the recordings; EDGEBEAT_DATA by default')
    .option('--out <folder>', 'where models and reports are kept', 'comparison')
    .option('--seed <n>', 'seed of weights, order and augmentation', nonNegativeInteger, 1)
    .option(
      '--models <names>',
      `those that are wanted, separated by commas: ${comparedModels.join(', ')}; all by default`,
      (names) => names.split(',').map((name) => oneOf(comparedModels, name.trim())),
      comparedModels,
    )
    .option('--steps <n>', "batches to train networks on; the recipe's by default", positiveInteger)
    .option('--threads <n>', 'threads inside one operator', positiveInteger, Math.min(2, availableParallelism()))
    .option('--card <file>', 'write the table into this model card, between its marks')
    .action(
      shell.action<CompareOptions, []>(async ({ output, signal }, options) => {
        const { out: outDir, seed, models, steps, threads, card } = options;
        // A card that cannot be filled is refused before the long work.
        if (card !== undefined) fillTable(await readFile(card, 'utf8'), '');
        let current: { what: string; progress: ReturnType<typeof startProgress> } | undefined;
        const columns = await compareIdentityModels({
          ...{ dataDir: dataFolder(options.data), outDir, seed, models, threads, signal },
          ...(steps === undefined ? {} : { steps }),
          onProgress(what, done, total) {
            if (current?.what !== what) {
              current?.progress.stop();
              current = { what, progress: startProgress(output, what, total) };
            }
            current.progress.update(done);
          },
        }).finally(() => current?.progress.stop());
        const table = identityTable(columns);
        if (card !== undefined) await writeFile(card, fillTable(await readFile(card, 'utf8'), table));
        const result = { schema: 'edgebeat.comparison/1', seed, columns } as const;
        output.finish(result, () => table);
      }),
    );
}
