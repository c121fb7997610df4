/** Options of every command that runs the gateway: which model tells what wearers do. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { weightsNames, weightsPath } from '@edgebeat/models';
import { ActivityModel, createEngine, type GatewayOptions } from '@edgebeat/runtime';
import type { Command } from 'commander';
import { engineOf, type IdentityFlags } from './identity-flags.js';

export interface ActivityFlags {
  activityModel?: string;
}

/** Served where no other is named and its weights are there. */
const defaultModel = 'dt4ecg';

/** Adds the options to a command that has those of identity, too. */
export function addActivityFlags(command: Command): Command {
  return command.option(
    '--activity-model <file>',
    `model that tells what wearers do: ONNX file or name; ${defaultModel} by default, where it is there`,
  );
}

/**
 * Loads the model, on the engine that runs the identity model.
 *
 * @returns undefined where none is named and the default one does not come with this edgebeat.
 * @throws GraphError for a name or file that is no model; RuntimeError for a model of another kind.
 */
export async function openActivity({
  activityModel,
  backend,
}: ActivityFlags & Pick<IdentityFlags, 'backend'>): Promise<GatewayOptions['activity']> {
  if (activityModel === undefined && !weightsNames().includes(defaultModel)) return undefined;
  const name = activityModel ?? defaultModel;
  const file = activityModel !== undefined && existsSync(activityModel) ? activityModel : weightsPath(name);
  return { model: await ActivityModel.load(await readFile(file), await createEngine(engineOf(backend))) };
}
