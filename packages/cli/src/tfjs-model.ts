/** A prepared network as the engine `tfjs` takes it. */
import { tfjsFiles, toTfjs } from '@edgebeat/exporter';
import type { Model } from '@edgebeat/graph';
import type { TfjsModel } from '@edgebeat/runtime';

/** @throws ExportError for a network that TensorFlow.js cannot run. */
export function tfjsModelOf(prepared: Model): TfjsModel {
  const shards = tfjsFiles(toTfjs(prepared));
  const modelJson = shards.get('model.json')!;
  return { modelJson, shards: new Map([...shards].filter(([, bytes]) => bytes !== modelJson)) };
}
