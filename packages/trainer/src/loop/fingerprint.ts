/** What tells two trainings apart. */
import { createHash } from 'node:crypto';
import { encodeModel } from '@edgebeat/graph';
import type { TrainingPlan } from './training.js';

/** SHA-256 over the recipe, the step's graph, the initial state and the numbers of steps and threads; 64 hexadecimal digits. */
export function fingerprintOf(
  { recipe, step, steps }: TrainingPlan,
  every: number,
  threads: number | undefined,
): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ recipe, steps, every, threads }));
  hash.update(encodeModel(step.model));
  for (const { name, data } of step.initialState) {
    hash.update(name);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
