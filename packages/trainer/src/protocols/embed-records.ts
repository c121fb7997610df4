/** Reads records, cuts their windows and runs the model on them: the slow half of every protocol. */
import { IdentityError, normalise } from '@edgebeat/identity';
import type { DataSetRecord } from '../datasets/data-set.js';
import { identityWindows } from '../datasets/windows.js';
import type { EmbeddingModel } from '../inference/embedding-model.js';
import type { ProtocolOptions } from './protocol.js';

export interface EmbeddedRecord {
  readonly record: DataSetRecord;
  /** One `[D]` of norm 1 per usable window, in order; empty where the record gave none. */
  readonly embeddings: readonly Float32Array[];
}

/** Embeddings of all records, in their order. A window whose embedding has no direction counts as not acquired. */
export async function embedRecords(
  records: readonly DataSetRecord[],
  model: EmbeddingModel,
  { onProgress }: ProtocolOptions,
): Promise<EmbeddedRecord[]> {
  const embedded: EmbeddedRecord[] = [];
  for (const record of records) {
    onProgress?.({ step: 'embedding records', done: embedded.length, total: records.length });
    const windows = await identityWindows(record, model.metadata);
    embedded.push({ record, embeddings: await usableEmbeddings(model, windows) });
  }
  onProgress?.({ step: 'embedding records', done: records.length, total: records.length });
  return embedded;
}

/** Embeddings of windows, brought to norm 1, without those that have no direction. */
export async function usableEmbeddings(
  model: EmbeddingModel,
  windows: readonly Float32Array[],
): Promise<Float32Array[]> {
  return (await model.embed(windows)).flatMap((embedding) => unitOf(embedding));
}

function unitOf(embedding: Float32Array): Float32Array[] {
  try {
    return [normalise(embedding)];
  } catch (error) {
    if (error instanceof IdentityError) return [];
    throw error;
  }
}
