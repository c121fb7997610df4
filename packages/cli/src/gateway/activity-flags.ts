/** Options of every command that runs the gateway: which model tells what wearers do. */
import { sampleRate } from '@edgebeat/ecg';
import { weightsNames } from '@edgebeat/models';
import { ActivityModel, createEngine, type GatewayOptions } from '@edgebeat/runtime';
import type { Command } from 'commander';
import { UsageError } from '../errors.js';
import { positiveInteger, positiveNumber } from '../option-values.js';
import { engineOf, type IdentityFlags } from './identity-flags.js';
import { openModel } from './open-model.js';

export interface ActivityFlags {
  activityModel?: string;
  activityEvery: number;
  activityWindows: number;
}

/** Served where no other is named and its weights are there. */
const defaultModel = 'dt4ecg';

/** Adds the options to a command that has those of identity, too. */
export function addActivityFlags(command: Command): Command {
  return command
    .option(
      '--activity-model <file>',
      `model that tells what wearers do: file, folder or name, as with --model; ${defaultModel} by default, where it is there`,
    )
    .option('--activity-every <seconds>', 'from one answer on activity to the next', positiveNumber, 1)
    .option('--activity-windows <n>', 'windows averaged for an answer on activity', positiveInteger, 3);
}

/**
 * Loads the model, on the engine that runs the identity model.
 *
 * @returns undefined where none is named and the default one does not come with this edgebeat.
 * @throws GraphError for a name or file that is no model; RuntimeError for a model of another kind; UsageError for answers
 * that are further apart than a window is long.
 */
export async function openActivity(
  flags: ActivityFlags & Pick<IdentityFlags, 'backend'>,
): Promise<GatewayOptions['activity']> {
  const { activityModel, activityEvery, activityWindows, backend } = flags;
  const engine = engineOf(backend);
  const names = weightsNames(engine === 'wasm' ? 'wasm' : 'onnx');
  if (activityModel === undefined && !names.includes(defaultModel)) return undefined;
  const name = activityModel ?? defaultModel;
  const model = await ActivityModel.load(await openModel(name, engine), await createEngine(engine));
  const hop = Math.max(1, Math.round(activityEvery * sampleRate));
  if (hop <= model.samples) return { model, hop, windows: activityWindows };
  await model.close();
  const seconds = model.samples / sampleRate;
  throw new UsageError(`windows of ${name} last ${seconds} s`, `give --activity-every ${seconds} or less`);
}
