/** `edgebeat evaluate`: a model's figures on real recordings, by a named protocol. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { weightsPath } from '@edgebeat/models';
import {
  detCurvesSvg,
  type EvaluationReport,
  fillModelCard,
  parseTestNoise,
  protocolOf,
  protocols,
  reportToMarkdown,
  requireNoiseTaken,
  type VerificationReport,
} from '@edgebeat/trainer';
import { type Command, Option } from 'commander';
import { dataFolder } from '../data-folder.js';
import { UsageError } from '../errors.js';
import { evaluateApart } from '../evaluate/evaluate-apart.js';
import { setThresholds } from '../evaluate/set-thresholds.js';
import { nonNegativeInteger, oneOf, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { startProgress } from '../terminal/progress.js';

interface EvaluateOptions {
  protocol: string[];
  data?: string;
  seed: number;
  resamples?: number;
  noise?: string;
  card?: string;
  det?: string;
  setThresholds: boolean;
}

export function registerEvaluate(program: Command, shell: Shell): void {
  program
    .command('evaluate')
    .summary("a model's figures on recordings, with intervals")
    .description(
      'Runs a model over a data set by a protocol and gives its figures with 95 % intervals over subjects.\nProtocols:\n' +
        [...protocols.values()].map(({ name, description }) => `  ${name}: ${description}`).join('\n'),
    )
    .argument('<model>', 'ONNX or WebAssembly file (.wasm), or the name of a model that comes with edgebeat')
    .addOption(
      new Option('--protocol <name>', 'may be given several times')
        .argParser((name: string, earlier: string[] | undefined) => [
          ...(earlier ?? []),
          oneOf([...protocols.keys()], name),
        ])
        .makeOptionMandatory(),
    )
    .option('--data <folder>', 'folder that holds the data set; EDGEBEAT_DATA by default')
    .option('--seed <n>', 'seed of the bootstrap and of noise', nonNegativeInteger, 1)
    .option('--resamples <n>', 'resamples of the bootstrap', positiveInteger)
    .option(
      '--noise <kind:strength>',
      'on what tests: gauss:0.1 (N(0, 0.1) on normalised beats), or em:6, ma:6, bw:6 (recorded noise at 6 dB)',
    )
    .option('--det <file>', 'draw the DET curves of verification/unseen as SVG')
    .option('--card <file>', 'write the figures into this model card, between its marks')
    .option('--set-thresholds', "write the thresholds found into the model file's metadata", false)
    .action(
      shell.action<EvaluateOptions, [string]>(async ({ output, signal }, options, operand) => {
        const dataDir = dataFolder(options.data);
        const noise = options.noise === undefined ? undefined : parseTestNoise(options.noise);
        if (noise !== undefined) for (const name of options.protocol) requireNoiseTaken(protocolOf(name));
        if (options.det !== undefined) requireOneDrawn(options.protocol);
        if (options.setThresholds && options.card !== undefined)
          throw new UsageError(
            '--set-thresholds changes the file that --card is to describe',
            'use one after the other',
          );
        const model = existsSync(operand) ? operand : weightsPath(operand);
        if (options.setThresholds && /\.wasm$/i.test(model))
          throw new UsageError(
            `--set-thresholds does not write to WebAssembly: ${model}`,
            'write them into the ONNX model, and export it again',
          );
        if (options.card !== undefined) fillModelCard(await readFile(options.card, 'utf8'), []);
        const reports: EvaluationReport[] = [];
        for (const protocol of options.protocol) {
          let progress: ReturnType<typeof startProgress> | undefined;
          const onProgress = (done: number, total: number) => {
            progress ??= startProgress(output, protocol, total);
            progress.update(done);
          };
          const { seed, resamples } = options;
          const report = evaluateApart({ model, protocol, dataDir, seed, resamples, noise }, { onProgress, signal });
          reports.push(await report.finally(() => progress?.stop()));
        }
        const drawn = reports.find(isDrawn);
        if (options.det !== undefined && drawn !== undefined) await writeFile(options.det, detCurvesSvg(drawn));
        if (options.card !== undefined)
          await writeFile(options.card, fillModelCard(await readFile(options.card, 'utf8'), reports));
        if (options.setThresholds) await setThresholds(model, reports);
        const [first, ...others] = reports;
        const result = others.length === 0 ? first! : ({ schema: 'edgebeat.evaluations/1', reports } as const);
        output.finish(result, () => reports.map(reportToMarkdown).join('\n'));
      }),
    );
}

/** @throws UsageError unless exactly one of the protocols gives DET curves. */
function requireOneDrawn(names: readonly string[]): void {
  const drawing = [...protocols.values()].filter((protocol) => 'draws' in protocol).map(({ name }) => name);
  const drawn = names.filter((name) => drawing.includes(name));
  if (drawn.length !== 1) {
    throw new UsageError(
      `--det draws one protocol, not ${drawn.length}`,
      `name this one once with --protocol: ${drawing.join(', ')}`,
    );
  }
}

function isDrawn(report: EvaluationReport): report is VerificationReport {
  return 'probeWindows' in report;
}
