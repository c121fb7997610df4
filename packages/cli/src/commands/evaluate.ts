/** `edgebeat evaluate`: a model's figures on real recordings, by a named protocol. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { weightsPath } from '@edgebeat/models';
import { type EvaluationReport, fillModelCard, protocols, reportToMarkdown } from '@edgebeat/trainer';
import { type Command, Option } from 'commander';
import { dataFolder } from '../data-folder.js';
import { evaluateApart } from '../evaluate/evaluate-apart.js';
import { nonNegativeInteger, oneOf, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { startProgress } from '../terminal/progress.js';

interface EvaluateOptions {
  protocol: string[];
  data?: string;
  seed: number;
  resamples?: number;
  card?: string;
}

export function registerEvaluate(program: Command, shell: Shell): void {
  program
    .command('evaluate')
    .summary("a model's figures on recordings, with intervals")
    .description(
      'Runs a model over a data set by a protocol and gives its figures with 95 % intervals over subjects.\nProtocols:\n' +
        [...protocols.values()].map(({ name, description }) => `  ${name}: ${description}`).join('\n'),
    )
    .argument('<model>', 'ONNX file, or the name of a model that comes with edgebeat')
    .addOption(
      new Option('--protocol <name>', 'may be given several times')
        .argParser((name: string, earlier: string[] | undefined) => [
          ...(earlier ?? []),
          oneOf([...protocols.keys()], name),
        ])
        .makeOptionMandatory(),
    )
    .option('--data <folder>', 'folder that holds the data set; EDGEBEAT_DATA by default')
    .option('--seed <n>', 'seed of the bootstrap', nonNegativeInteger, 1)
    .option('--resamples <n>', 'resamples of the bootstrap', positiveInteger)
    .option('--card <file>', 'write the figures into this model card, between its marks')
    .action(
      shell.action<EvaluateOptions, [string]>(async ({ output, signal }, options, operand) => {
        const dataDir = dataFolder(options.data);
        const model = existsSync(operand) ? operand : weightsPath(operand);
        const reports: EvaluationReport[] = [];
        for (const protocol of options.protocol) {
          let progress: ReturnType<typeof startProgress> | undefined;
          const onProgress = (done: number, total: number) => {
            progress ??= startProgress(output, protocol, total);
            progress.update(done);
          };
          const { seed, resamples } = options;
          const report = evaluateApart({ model, protocol, dataDir, seed, resamples }, { onProgress, signal });
          reports.push(await report.finally(() => progress?.stop()));
        }
        if (options.card !== undefined)
          await writeFile(options.card, fillModelCard(await readFile(options.card, 'utf8'), reports));
        const [first, ...others] = reports;
        const result = others.length === 0 ? first! : ({ schema: 'edgebeat.evaluations/1', reports } as const);
        output.finish(result, () => reports.map(reportToMarkdown).join('\n'));
      }),
    );
}
