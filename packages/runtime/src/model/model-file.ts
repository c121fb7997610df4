/** What loading a model of either kind begins with: its bytes' digest, and the one input that its windows go to. */
import type { ModelMetadata } from '@edgebeat/graph';
import type { ModelReference } from '@edgebeat/identity';
import type { InferenceSession } from '../engine/index.js';
import { RuntimeError } from '../runtime-error.js';

/** Name of a model, and the SHA-256 of its file, by which it is told from every other. */
export async function modelReference(bytes: Uint8Array, { name = 'unnamed' }: ModelMetadata): Promise<ModelReference> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return { name, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/**
 * @param window shape of one window; the batch dimension stands before it.
 * @param kind of model, for the error: `identity`.
 * @returns the name of the only input.
 * @throws RuntimeError unless there is one float32 input of that shape, for any number of windows or for one.
 */
export function requireWindowInput(
  { inputs }: InferenceSession,
  window: readonly number[],
  kind: 'identity' | 'activity',
): string {
  const [input, ...others] = inputs;
  const [batch, ...rest] = input?.shape ?? [];
  const fits =
    others.length === 0 &&
    input?.dtype === 'float32' &&
    (typeof batch !== 'number' || batch === 1) &&
    rest.join() === window.join();
  if (fits) return input.name;
  const found = inputs.map(({ name, dtype, shape }) => `${name} ${dtype} [${shape.join(', ')}]`).join('; ');
  throw new RuntimeError(
    `the model's input is ${found || 'missing'}`,
    `An ${kind} model has one input, float32 [N, ${window.join(', ')}].`,
  );
}

/** A made-up window of so many samples, none of them special, to try a model with. */
export function trialWindow(samples: number): Float32Array {
  return Float32Array.from({ length: samples }, (_, i) => ((i * 7) % 13) / 13);
}
