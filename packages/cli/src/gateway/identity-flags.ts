/** Options of every command that runs the gateway: which model, on which engine, and when a match is good enough. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { JsonFileTemplateStore, MemoryTemplateStore, type Metric, type TemplateStore } from '@edgebeat/identity';
import { createEngine, type EngineName, type GatewayOptions, IdentityModel } from '@edgebeat/runtime';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { choiceOption, finiteNumber, positiveInteger } from '../option-values.js';
import { openModel } from './open-model.js';

export interface IdentityFlags {
  model: string;
  backend: 'ort' | 'ort-web' | 'tfjs' | 'wasm';
  metric: Metric;
  threshold?: number;
  windows?: number;
  templates?: string;
}

const engines: Record<IdentityFlags['backend'], EngineName> = {
  ort: 'ort-node',
  'ort-web': 'ort-web',
  tfjs: 'tfjs',
  wasm: 'wasm',
};

/** What `--backend` names, as the runtime calls it. */
export function engineOf(backend: IdentityFlags['backend']): EngineName {
  return engines[backend];
}

/** Adds the options to a command. */
export function addIdentityFlags(command: Command): Command {
  return command
    .option(
      '--model <file>',
      'ONNX file, folder of a TensorFlow.js model, .wasm file, or the name of a model that comes with edgebeat',
      'deit-micro',
    )
    .addOption(
      choiceOption(
        '--backend <engine>',
        'what runs the models; tfjs converts those that are ONNX, wasm takes .wasm files',
        Object.keys(engines),
      ).default('ort'),
    )
    .addOption(choiceOption('--metric <name>', 'how embeddings compare', ['cosine', 'euclidean']).default('cosine'))
    .option(
      '--threshold <value>',
      "accept from this similarity (or up to this distance) on; the model's own by default",
      finiteNumber,
    )
    .option(
      '--windows <n>',
      "windows averaged for an answer; as the model's threshold wants by default",
      positiveInteger,
    )
    .option('--templates <file>', 'JSON file that keeps the templates; in memory only by default');
}

/** What each metric can give: of unit vectors, a similarity and a distance. */
const thresholdRange: Record<Metric, readonly [low: number, high: number]> = { cosine: [-1, 1], euclidean: [0, 2] };

/**
 * Loads the model and opens the store.
 * @throws UsageError for a threshold that the metric never reaches, a store that could not be written, and a model that is
 * not there or has no threshold of its own when none is given; the file system's error for a folder that is not there.
 */
export async function openIdentity(flags: IdentityFlags): Promise<NonNullable<GatewayOptions['identity']>> {
  requireThreshold(flags);
  const store = await openStore(flags.templates);
  const engine = engineOf(flags.backend);
  const model = await IdentityModel.load(await openModel(flags.model, engine), await createEngine(engine));
  const own = model.thresholds.find(({ metric }) => metric === flags.metric);
  const value = flags.threshold ?? own?.value;
  if (value === undefined)
    throw new UsageError(`${flags.model} has no ${flags.metric} threshold of its own`, 'give one with --threshold');
  return { model, store, threshold: { metric: flags.metric, value }, windows: flags.windows ?? own?.windows ?? 1 };
}

function requireThreshold({ metric, threshold }: IdentityFlags): void {
  const [low, high] = thresholdRange[metric];
  if (threshold === undefined || (threshold >= low && threshold <= high)) return;
  throw new UsageError(`${threshold} is no ${metric} threshold`, `give --threshold a number from ${low} to ${high}`);
}

/** A store that can be written, which shows itself now and not when somebody has enrolled. */
async function openStore(file: string | undefined): Promise<TemplateStore> {
  if (file === undefined) return new MemoryTemplateStore();
  const folder = dirname(file);
  // The file is replaced as a whole, which takes a folder that can be written.
  if (!(await stat(folder)).isDirectory())
    throw new UsageError(`${folder} is no folder`, 'name a file for --templates in a folder that can be written');
  await access(folder, constants.W_OK);
  return JsonFileTemplateStore.open(file);
}
