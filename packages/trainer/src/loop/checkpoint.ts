/** Checkpoints of a training: its state tensors and everything else it goes on from, in one file. */
import { type Tensor, tensor } from '@edgebeat/graph';
import { CheckpointError } from '../checkpoint/checkpoint-error.js';
import { readTensorFile } from '../checkpoint/read-tensor-file.js';
import { writeTensorFile } from '../checkpoint/write-tensor-file.js';
import type { TrainingState } from '../step/step-session.js';
import { TrainingError } from '../step/training-error.js';
import type { TrainingStep } from '../step/training-step.js';
import type { CheckpointContent } from './checkpoint-content.js';
import { damagedCheckpoint } from './damaged-checkpoint.js';
import { parseContent } from './parse-content.js';

export interface Checkpoint {
  readonly content: CheckpointContent;
  readonly state: TrainingState;
  /** Parameters and statistics that were best on the validation part. */
  readonly bestWeights: TrainingState | undefined;
}

/** Key of the JSON among the file's texts. */
const CONTENT = 'edgebeat.training';
const BEST = 'best/';

/** @throws CheckpointError where the file system does not take it; the checkpoint before is then still there. */
export async function writeCheckpoint(
  path: string,
  content: CheckpointContent,
  step: TrainingStep,
  state: TrainingState,
  bestWeights: TrainingState | undefined,
): Promise<void> {
  const named = (prefix: string, values: TrainingState): Tensor[] =>
    step.initialState
      .filter(({ name }) => values.has(name))
      .map(({ name, shape }) => tensor(`${prefix}${name}`, 'float32', shape, values.get(name)!));
  await writeTensorFile(path, {
    tensors: [...named('', state), ...(bestWeights ? named(BEST, bestWeights) : [])],
    metadata: { [CONTENT]: JSON.stringify(content) },
  });
}

/**
 * @param weights names of the state tensors that the best weights are a choice of.
 * @returns undefined where there is no such file.
 * @throws CheckpointError for a file that cannot be read, is damaged or no checkpoint; TrainingError for one of another training.
 */
export async function readCheckpoint(
  path: string,
  fingerprint: string,
  weights: readonly string[],
): Promise<Checkpoint | undefined> {
  const file = await readTensorFile(path).catch((error: unknown) => {
    if (error instanceof CheckpointError && error.isMissing) return undefined;
    throw error;
  });
  if (!file) return undefined;
  const text = file.metadata[CONTENT];
  if (text === undefined) {
    throw new CheckpointError(
      path,
      'is no checkpoint of a training',
      'Give the file that an unfinished training left.',
    );
  }
  const content = parseContent(path, text);
  if (content.fingerprint !== fingerprint) {
    throw new TrainingError(
      `${path} is the checkpoint of another training: recipe, data, number of steps or threads, or edgebeat itself differ`,
      'Give the command that it began with, or another --checkpoint, or remove the file.',
    );
  }
  const values = new Map(
    file.tensors.map(({ name, dtype, data }) => {
      if (dtype !== 'float32') throw damagedCheckpoint(path, `its tensor "${name}" is of ${dtype}`);
      return [name, data] as const;
    }),
  );
  const state = new Map([...values].filter(([name]) => !name.startsWith(BEST)));
  return { content, state, bestWeights: content.best && bestOf(path, values, weights) };
}

function bestOf(path: string, values: TrainingState, weights: readonly string[]): TrainingState {
  return new Map(
    weights.map((name) => {
      const best = values.get(`${BEST}${name}`);
      if (best?.length !== values.get(name)?.length || !best)
        throw damagedCheckpoint(path, `its best weights have ${best?.length ?? 0} values of "${name}"`);
      return [name, best] as const;
    }),
  );
}
