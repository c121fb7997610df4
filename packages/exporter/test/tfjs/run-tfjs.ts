/** Runs exported models in TensorFlow.js, on one of its back ends, from memory. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as converter from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { TfjsExport } from '../../src/index.js';

export const backends = ['wasm', 'cpu'] as const;
export type Backend = (typeof backends)[number];

export interface Values {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Makes a back end the one that is used, and silences its advice. */
export async function useBackend(backend: Backend): Promise<void> {
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no back end ${backend}`);
}

export async function loadTfjs({ modelJson, shards }: TfjsExport): Promise<converter.GraphModel> {
  const { modelTopology, weightsManifest, signature, userDefinedMetadata } = structuredClone(modelJson);
  const weightData = new Uint8Array(
    weightsManifest
      .flatMap(({ paths }) => paths.map((path) => shards.get(path)!))
      .reduce((n, { length }) => n + length, 0),
  );
  let at = 0;
  for (const { paths } of weightsManifest)
    for (const path of paths) {
      weightData.set(shards.get(path)!, at);
      at += shards.get(path)!.length;
    }
  return converter.loadGraphModel(
    tf.io.fromMemory({
      modelTopology,
      signature,
      userDefinedMetadata,
      weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
      weightData: weightData.buffer,
    } as unknown as tf.io.ModelArtifacts) as tf.io.IOHandler,
  );
}

/** Runs a loaded model once; outputs by name. */
export async function runTfjs(
  model: converter.GraphModel,
  inputs: Readonly<Record<string, Values & { readonly dtype: 'float32' | 'int32' | 'bool' }>>,
  outputs: readonly string[],
): Promise<Record<string, Values & { readonly dtype: string }>> {
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { data, shape, dtype }]) => [name, tf.tensor(data as never, [...shape], dtype)]),
  );
  const results = model.execute(feeds, [...outputs]);
  const list = Array.isArray(results) ? results : [results];
  const read = await Promise.all(
    list.map(async (one) => ({ shape: one.shape, dtype: one.dtype, data: await one.data() })),
  );
  tf.dispose([feeds, list]);
  return Object.fromEntries(outputs.map((name, index) => [name, read[index]!])) as never;
}
