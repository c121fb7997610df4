/** The error for a checkpoint that was changed since it was written. */
import { CheckpointError } from '../checkpoint/checkpoint-error.js';

/** @param path of the file, for the message. */
export function damagedCheckpoint(path: string, problem: string): CheckpointError {
  return new CheckpointError(
    path,
    `is damaged: ${problem}`,
    'Remove the file to begin anew, or go on from an earlier copy of it.',
  );
}
