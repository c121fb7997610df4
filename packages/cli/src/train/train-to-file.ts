/** A training that ends in a file and can be stopped on the way: until it is done, its checkpoint lies beside it. */
import { rm } from 'node:fs/promises';
import { writeAtomically } from '@edgebeat/trainer';
import type { PreparedTraining } from './trainable-model.js';

export interface TrainToFileOptions {
  readonly threads: number;
  readonly signal: AbortSignal;
  /** @param step that is done. */
  readonly onStep: (step: number) => void;
}

/** @throws what the training throws; the signal's reason once it is aborted: what is done is in the checkpoint. */
export async function trainToFile(
  run: PreparedTraining['run'],
  file: string,
  { threads, signal, onStep }: TrainToFileOptions,
): Promise<void> {
  const checkpoint = `${file}.checkpoint`;
  const { isComplete, bytes } = await run({ threads, checkpoint, signal, onProgress: ({ step }) => onStep(step) });
  if (!isComplete) signal.throwIfAborted();
  await writeAtomically(file, [bytes]);
  await rm(checkpoint, { force: true });
}
