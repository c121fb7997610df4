/** The windows that a model is calibrated and compared on: given in a file, or of the recordings that it was trained on. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { ExportError, readSamples } from '@edgebeat/exporter';
import { labelledTrainingWindows } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import type { ModelFile } from '../model-file.js';
import type { ClassLabels } from './training-accuracy.js';

export interface SampleOptions {
  /** .npy file of windows. */
  readonly samples?: string;
  /** Folder of recordings. */
  readonly data?: string;
  readonly count: number;
  readonly seed: number;
  readonly onProgress: (done: number, total: number) => void;
}

export interface SampleWindows {
  /** `training recordings`, or the name of the file. */
  readonly source: string;
  readonly windows: readonly Float32Array[];
  /** What each of them shows, where that is known (see `TrainingWindow`); empty otherwise. */
  readonly labels: readonly ClassLabels[];
}

/** Shape of a window: that of the only input, without the batch. @throws ExportError for a model of several inputs. */
export function windowShape({ name, model }: ModelFile): readonly number[] {
  const constants = new Set(model.graph.initializers.map((one) => one.name));
  const inputs = model.graph.inputs.filter((input) => !constants.has(input.name));
  const [, ...shape] = inputs[0]?.shape ?? [];
  if (inputs.length === 1 && shape.every((size): size is number => typeof size === 'number')) return shape;
  throw new ExportError(
    `${name} takes ${inputs.map((input) => `${input.name}[${input.shape?.join(', ') ?? '?'}]`).join(' and ')}`,
    'edgebeat exports models of one input, [N, …], whose sizes are fixed but for the batch',
  );
}

/**
 * @throws UsageError where there is nothing to take windows of; ExportError for a file that does not fit; DataSetError, InferenceError,
 * RecordError, see `trainingWindows`.
 */
export async function sampleWindows(opened: ModelFile, options: SampleOptions): Promise<SampleWindows> {
  const { samples, data = process.env.EDGEBEAT_DATA, count, seed, onProgress } = options;
  const shape = windowShape(opened);
  if (samples !== undefined) {
    if (!existsSync(samples)) throw new UsageError(`no such file: ${samples}`, 'check the path of --samples');
    const windows = readSamples(new Uint8Array(await readFile(samples)), shape, samples);
    return { source: samples, windows: windows.slice(0, count), labels: [] };
  }
  const { name, metadata } = opened;
  if (metadata.training === undefined || metadata.training.records.length === 0) {
    throw new UsageError(
      `${name} does not say on which recordings it was trained (edgebeat.training), so nobody knows what windows it takes`,
      `give some hundreds by --samples FILE.npy, float32 [M, ${shape.join(', ')}]`,
    );
  }
  if (data === undefined) {
    throw new UsageError(
      'no windows to calibrate on',
      'name the folder of the recordings by --data (or the variable EDGEBEAT_DATA), or give windows by --samples FILE.npy',
    );
  }
  const windows = await labelledTrainingWindows(name, metadata, { dataDir: data, count, seed, onProgress });
  return {
    source: 'training recordings',
    windows: windows.map(({ samples: elements }) => elements),
    labels: windows.map(({ labels }) => labels),
  };
}
