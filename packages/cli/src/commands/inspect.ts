/** `edgebeat inspect`: layers, costs and memory of a model, and what int8 costs each layer. */
import { writeFile } from 'node:fs/promises';
import { compareLayers, inspectModel, inspectPage } from '@edgebeat/exporter';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { sampleWindows } from '../export/sample-windows.js';
import { Steps } from '../export/steps.js';
import { floatAndInt8 } from '../inspect/float-and-int8.js';
import { renderInspection } from '../inspect/render-inspection.js';
import { readModelFile } from '../model-file.js';
import { nonNegativeInteger, positiveInteger } from '../option-values.js';
import type { Shell } from '../shell.js';
import { prepareFiles } from '../train/prepare-files.js';

interface InspectOptions {
  against?: string;
  data?: string;
  samples?: string;
  windows: number;
  seed: number;
  html?: string;
}

export function registerInspect(program: Command, shell: Shell): void {
  program
    .command('inspect')
    .summary('layers, memory and int8 errors of a model')
    .description(
      'Lists the layers of a model, float or int8, with what each costs, and how much memory the activations take while it runs.\n' +
        'With --against, a float model and the int8 graph that was made of it are compared on the same windows, layer by layer:\n' +
        "alone (the layer gets the float model's values) and up to there (the int8 graph as it is), in dB.",
    )
    .argument('<model>', 'ONNX file, or the name of a model that comes with edgebeat')
    .option('--against <model>', 'the other one: the float model of an int8 graph, or the int8 graph of a float model')
    .option('--data <folder>', 'compare on windows of the training recordings in this folder; EDGEBEAT_DATA by default')
    .option('--samples <file>', 'compare on these windows instead: .npy, float32 [M, …shape of the input]')
    .option('--windows <n>', 'windows to compare on', positiveInteger, 64)
    .option('--seed <n>', 'of the choice of windows', nonNegativeInteger, 1)
    .option('--html <file>', 'write a page with pictures')
    .action(
      shell.action<InspectOptions, [string]>(async ({ output }, options, operand) => {
        const { against, data, samples, windows: count, seed, html } = options;
        if (against === undefined && samples !== undefined)
          throw new UsageError('--samples is for comparing', 'name the other model by --against');
        const opened = await readModelFile(operand);
        const report = inspectModel(opened.model);
        const pair = against === undefined ? undefined : await floatAndInt8(opened, await readModelFile(against));
        if (html !== undefined) await prepareFiles([html]);
        const steps = new Steps(output, 'inspect');
        const errors =
          pair &&
          (await steps.run(
            'compare',
            async (onProgress) => {
              const sources = {
                count,
                seed,
                onProgress,
                ...(samples !== undefined && { samples }),
                ...(data !== undefined && { data }),
              };
              const { windows } = await sampleWindows(pair.float, sources);
              return compareLayers(pair.prepared, pair.int8.model, windows);
            },
            ({ windows, layers }) => `${layers.length} values on ${windows} windows`,
          ));
        const isInt8 = pair !== undefined && pair.int8 === opened;
        if (html !== undefined) {
          const page = { report, ...(isInt8 && { float: inspectModel(pair.prepared) }), ...(errors && { errors }) };
          await writeFile(html, inspectPage(page));
        }
        output.finish({ ...report, ...(errors && { errors }), ...(html !== undefined && { page: html }) }, () =>
          renderInspection(report, errors),
        );
      }),
    );
}
