/** What loading a model of either kind begins with: what its files say of it, and the one input that its windows go to. */
import { decodeModel, isWasm, type ModelMetadata, readMetadata, readWasmModel } from '@edgebeat/graph';
import type { ModelReference } from '@edgebeat/identity';
import type { InferenceSession, ModelBytes } from '../engine/index.js';
import { joinBytes, parseTfjsModel } from '../engine/tfjs-model.js';
import { RuntimeError } from '../runtime-error.js';

/** What a model says of itself before an engine has it. */
export interface ModelDescription {
  readonly metadata: ModelMetadata;
  /** Names of its outputs. */
  readonly outputs: readonly string[];
  /** Its name, and the SHA-256 of its files, by which it is told from every other. */
  readonly reference: ModelReference;
}

/**
 * Reads what a model says of itself.
 *
 * @throws GraphError for bytes that are neither an ONNX file nor a WebAssembly file of edgebeat, or metadata that are malformed;
 * RuntimeError for files that are no TensorFlow.js model
 */
export async function describeModel(model: ModelBytes): Promise<ModelDescription> {
  if ('modelJson' in model) {
    const { userDefinedMetadata, signature } = parseTfjsModel(model);
    const metadata = readMetadata(new Map(Object.entries(userDefinedMetadata)));
    const files = [model.modelJson, ...model.shards.values()];
    return { metadata, outputs: Object.keys(signature.outputs), reference: await modelReference(files, metadata) };
  }
  const { outputs, entries } = isWasm(model) ? wasmParts(model) : onnxParts(model);
  const metadata = readMetadata(entries);
  return {
    metadata,
    outputs: outputs.map(({ name }) => name),
    reference: await modelReference([model], metadata),
  };
}

function onnxParts(bytes: Uint8Array) {
  const { graph, metadata } = decodeModel(bytes);
  return { outputs: graph.outputs, entries: metadata };
}

function wasmParts(bytes: Uint8Array) {
  const { outputs, metadata } = readWasmModel(bytes);
  return { outputs, entries: metadata };
}

async function modelReference(
  files: readonly Uint8Array[],
  { name = 'unnamed' }: ModelMetadata,
): Promise<ModelReference> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', joinBytes(files)));
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
