/** `edgebeat export`: a float model as int8 ONNX, TFLite and TensorFlow.js, each compared with it. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { C_TARGETS, type CalibrationMethod, type CTarget, inspectPage } from '@edgebeat/exporter';
import { protocols } from '@edgebeat/trainer';
import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../errors.js';
import type { BackEnd } from '../export/back-end.js';
import { backEnds } from '../export/back-ends.js';
import { calibrationMethod, defaultCalibration } from '../export/calibration-option.js';
import { exportModel } from '../export/export-model.js';
import { exportSummary, renderExport } from '../export/export-report.js';
import { chosenProtocol, USUAL } from '../export/protocol-figures.js';
import { Steps } from '../export/steps.js';
import { readModelFile } from '../model-file.js';
import { fraction, nonNegativeInteger, oneOf, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { prepareFiles } from '../train/prepare-files.js';

interface ExportOptions {
  to: readonly BackEnd[];
  out: string;
  target?: CTarget;
  data?: string;
  samples?: string;
  calibration: CalibrationMethod;
  windows: number;
  budget?: number;
  seed: number;
  protocol?: string;
  report?: string;
}

const kinds = backEnds.map(({ kind }) => kind);

export function registerExport(program: Command, shell: Shell): void {
  program
    .command('export')
    .summary('a float model to int8 ONNX, TFLite and TensorFlow.js')
    .description(
      'Writes a float model in other forms, compares each with it, and says what int8 costs, layer by layer.\n' +
        'Activations are calibrated on windows of the recordings that the model was trained on, never on those that test it.\n' +
        `Forms:\n${backEnds.map(({ kind, description }) => `  ${kind}: ${description}`).join('\n')}`,
    )
    .argument('<model>', 'ONNX file, or the name of a model that comes with edgebeat')
    .requiredOption('--to <list>', `comma between them: ${kinds.join(',')}`, backEndList)
    .requiredOption('--out <folder>', 'where the files go')
    .option('--target <processor>', `what C is compiled for: ${C_TARGETS.join(', ')}; portable by default`, (name) =>
      oneOf(C_TARGETS, name),
    )
    .option('--data <folder>', 'folder that holds the recordings; EDGEBEAT_DATA by default')
    .option('--samples <file>', 'calibrate on these windows instead: .npy, float32 [M, …shape of the input]')
    .option(
      '--calibration <method>',
      'how ranges follow from windows: min-max, percentile[:share], mse; percentile:0.9999 by default',
      calibrationMethod,
      defaultCalibration,
    )
    .option('--windows <n>', 'windows to calibrate on', positiveInteger, 256)
    .option(
      '--budget <error>',
      'error that int8 may make at the outputs, a fraction of 1 (1 - cosine, or other decisions); beyond it values stay float32; 0.002 by default, 1 for none',
      fraction,
    )
    .option('--seed <n>', 'of the choice of windows', nonNegativeInteger, 1)
    .option(
      '--protocol <name>',
      'evaluate the float model and its int8 graph by this protocol, or by the usual one; by default accuracy on training recordings alone is told',
      (name) => oneOf([...protocols.keys(), USUAL, 'none'], name),
    )
    .option('--report <file>', 'the page with pictures; OUT/NAME.html by default')
    .action(
      shell.action<ExportOptions, [string]>(async (context, options, operand) => {
        const { output } = context;
        const { to, out, calibration: method, windows, budget, seed, samples } = options;
        if (options.target !== undefined && !to.some(({ kind }) => kind === 'c'))
          throw new UsageError(
            `--target ${options.target} is for C, which is not asked for`,
            'add c to the list of --to',
          );
        const data = options.data ?? process.env.EDGEBEAT_DATA;
        const opened = await readModelFile(operand);
        const { name, metadata } = opened;
        const protocol = chosenProtocol({ protocol: options.protocol, data, metadata });
        await prepareFolder(out);
        const files = { report: join(out, `${name}.json`), page: options.report ?? join(out, `${name}.html`) };
        await prepareFiles(Object.values(files));
        const result = await exportModel(
          opened,
          {
            ...{ backEnds: to, out, method, windows, seed, protocol, signal: () => context.signal },
            ...(budget !== undefined && { budget }),
            target: options.target ?? 'portable',
            ...(samples !== undefined && { samples }),
            ...(data !== undefined && { data }),
          },
          new Steps(output, 'export'),
        );
        const { float, int8, errors, quantization, artefacts, metric } = result;
        const summary = exportSummary(result, files);
        await writeFile(files.report, `${JSON.stringify({ ...result, ...summary })}\n`);
        const page = inspectPage({
          report: int8 ?? float,
          ...(int8 && { float }),
          ...(errors && { errors }),
          ...(quantization && { quantization }),
          exported: { artefacts, ...(metric !== null && { metric }) },
        });
        await writeFile(files.page, page);
        output.finish(summary, () => renderExport(summary));
      }),
    );
}

/** A parser for commander. */
function backEndList(text: string): readonly BackEnd[] {
  const words = text.split(',').map((word) => word.trim());
  if (words.every((word) => word === '')) throw new InvalidArgumentError(`It is a list of: ${kinds.join(', ')}.`);
  const chosen = words.filter((word) => word !== '').map((word) => oneOf(kinds, word));
  return backEnds.filter(({ kind }) => chosen.includes(kind));
}

async function prepareFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isDirectory())
    throw new UsageError(`is no folder: ${path}`, 'name a folder by --out');
  await mkdir(path, { recursive: true });
}
