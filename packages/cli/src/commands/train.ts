/** `edgebeat train`: a model from recordings, resumable, the same for the same seed. */
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { learningCurvesSvg, type TrainingProgress, writeAtomically } from '@edgebeat/trainer';
import type { Command } from 'commander';
import { dataFolder } from '../data-folder.js';
import { UsageError } from '../errors.js';
import { nonNegativeInteger, oneOf, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { startProgress } from '../terminal/progress.js';
import { prepareFiles } from '../train/prepare-files.js';
import type { TrainableModel } from '../train/trainable-model.js';
import { protocolFor, trainableModels } from '../train/trainable-models.js';

interface TrainOptions {
  data?: string;
  out?: string;
  checkpoint?: string;
  curves?: string;
  validation: boolean;
  protocol?: string;
  teacher?: string | false;
  quantizationAware: boolean;
  from?: string;
  seed: number;
  steps?: number;
  threads: number;
}

const models = trainableModels.map(({ name }) => name);
const students = trainableModels.filter(({ teachers }) => teachers).map(({ name }) => name);
const quantizable = trainableModels.filter((one) => one.hasQuantizationAwareTraining).map(({ name }) => name);
const protocols = [...new Set(trainableModels.flatMap((model) => model.protocols))];

export function registerTrain(program: Command, shell: Shell): void {
  program
    .command('train')
    .summary('train a model on recordings, resumable')
    .description(
      'Trains a model and writes it as an ONNX file. Stopped by Ctrl-C, it goes on where it was when the same command is given again, and ends in the same bits. The same seed gives the same file on the same type of processor with the same number of threads.',
    )
    .argument('<model>', `what to train: ${models.join(', ')}`, (name) => oneOf(models, name))
    .option('--data <folder>', 'folder that holds the recordings; EDGEBEAT_DATA by default')
    .option(
      '--protocol <name>',
      `train on what this protocol leaves to training: ${trainableModels.map((model) => `${model.name}: ${model.protocols.join(', ')}`).join('; ')}; the first by default`,
      (name) => oneOf(protocols, name),
    )
    .option(
      '--teacher <file>',
      `what ${students.join(' and ')} learn from; resnet34 as it comes with edgebeat by default`,
    )
    .option('--no-teacher', 'let them learn from the labels alone')
    .option(
      '--quantization-aware',
      `go on from a trained float model (${quantizable.join(', ')}) with fake quantization, so that int8 costs it less; the result is a float model`,
      false,
    )
    .option('--from <file>', 'the trained model that --quantization-aware goes on from')
    .option('--out <file>', 'the model file; MODEL.onnx by default, MODEL-quantization-aware.onnx for such a training')
    .option('--checkpoint <file>', 'where an unfinished training is kept; OUT.checkpoint by default')
    .option('--curves <file>', 'draw the learning curves into this SVG')
    .option(
      '--validation',
      'hold a part of what trains back (the last 2/7 of recordings, or persons) and keep the weights that do best on it',
      false,
    )
    .option('--seed <n>', 'seed of weights, order and augmentation', nonNegativeInteger, 1)
    .option('--steps <n>', "batches to train on; the recipe's by default", positiveInteger)
    .option('--threads <n>', 'threads inside one operator', positiveInteger, Math.min(2, availableParallelism()))
    .action(
      shell.action<TrainOptions, [string]>(async ({ output, logger, signal }, options, name) => {
        const dataDir = dataFolder(options.data);
        const model = trainableModels.find((one) => one.name === name)!;
        const from = startOf(model, options);
        const defaultOut = from === undefined ? `${name}.onnx` : `${name}-quantization-aware.onnx`;
        const { seed, threads, teacher: chosen, out = defaultOut, curves, validation } = options;
        const protocol = protocolFor(model, options.protocol);
        const teacher = teacherOf(model, chosen);
        const checkpoint = options.checkpoint ?? `${out}.checkpoint`;
        await prepareFiles([out, checkpoint, ...(curves === undefined ? [] : [curves])]);
        const { steps, run } = await model.prepare({
          ...{ dataDir, protocol, seed, threads, validation },
          ...(teacher === undefined ? {} : { teacher }),
          ...(from === undefined ? {} : { quantizationAwareFrom: from }),
          ...(options.steps === undefined ? {} : { steps: options.steps }),
        });
        const progress = startProgress(output, name, steps);
        const trained = await run({
          threads,
          checkpoint,
          signal,
          onProgress(now) {
            progress.update(now.step, remarkOf(now));
            if (now.point?.step === now.step) logger.info(now.point, `step ${now.step} of ${now.steps}`);
          },
        }).finally(() => progress.stop());
        const { step, best, history, bytes, isComplete } = trained;
        if (isComplete) await writeAtomically(out, [bytes]);
        if (curves !== undefined) {
          const svg = learningCurvesSvg(history, { title: name, ...(best ? { bestStep: best.step } : {}) });
          await writeAtomically(curves, [new TextEncoder().encode(svg)]);
        }
        if (isComplete) await rm(checkpoint, { force: true });
        const result = {
          schema: 'edgebeat.train/1',
          model: name,
          protocol,
          complete: isComplete,
          step,
          steps,
          seed,
          ...(from === undefined ? {} : { quantizationAwareFrom: from }),
          ...(isComplete ? { file: out, bytes: bytes.length } : { checkpoint }),
          ...(best ? { best } : {}),
          history,
        } as const;
        output.finish(result, () =>
          isComplete
            ? `${out}: ${name} after ${steps} steps, ${bytes.length} bytes${best ? `, weights of step ${best.step}` : ''}`
            : `Stopped after ${step} of ${steps} steps. Give the same command again to go on from ${checkpoint}.`,
        );
        return isComplete ? 0 : 1;
      }),
    );
}

/**
 * @param chosen a file, or false for none; undefined where the user does not say.
 * @throws UsageError for a model that learns from nobody.
 */
function teacherOf({ name, teachers }: TrainableModel, chosen: string | false | undefined): string | null | undefined {
  if (chosen === undefined) return undefined;
  if (!teachers) throw new UsageError(`${name} learns from no teacher`, `students are ${students.join(', ')}`);
  return chosen === false ? null : chosen;
}

/**
 * The file that quantization-aware training goes on from; undefined for another training.
 *
 * @throws UsageError where one of both options is without the other, and for a model without such a training.
 */
function startOf(
  { name, hasQuantizationAwareTraining = false }: TrainableModel,
  { quantizationAware, from }: Pick<TrainOptions, 'quantizationAware' | 'from'>,
): string | undefined {
  if (!quantizationAware) {
    if (from === undefined) return undefined;
    throw new UsageError('--from is for quantization-aware training alone', 'say --quantization-aware, too');
  }
  if (!hasQuantizationAwareTraining)
    throw new UsageError(`${name} has no quantization-aware training`, `choose one of ${quantizable.join(', ')}`);
  if (from !== undefined) return from;
  throw new UsageError(
    '--quantization-aware goes on from a trained model, and none is given',
    `name one by --from, written by "edgebeat train ${name}"`,
  );
}

/** Loss and figures of the latest step or, once validated, of the validation part. */
function remarkOf({ result, point, best }: TrainingProgress): string {
  const numbers = (values: Readonly<Record<string, number>>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value.toFixed(3)}`)
      .join(', ');
  const parts = [
    ...(result ? [`loss ${numbers(result.losses)}`, `train ${numbers(result.figures)}`] : []),
    ...(point?.validation ? [`validation ${numbers(point.validation)}`] : []),
    ...(best ? [`best at ${best.step}`] : []),
  ];
  return parts.join(' · ');
}
