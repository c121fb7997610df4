/** Writes the thresholds that an evaluation found into the model's own metadata, where the gateway looks for them. */
import { readFile } from 'node:fs/promises';
import { decodeModel, encodeModel, readMetadata, type VerificationThreshold, writeMetadata } from '@edgebeat/graph';
import { type EvaluationReport, writeAtomically } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';

/**
 * Replaces the thresholds of a model file by those of the last report that has any, for cosine and Euclidean distance: of
 * embeddings of norm 1, distance² = 2 − 2 · similarity. Nothing else in the file changes but its bytes' digest.
 *
 * @throws UsageError where no report has thresholds.
 */
export async function setThresholds(file: string, reports: readonly EvaluationReport[]): Promise<void> {
  const found = reports
    .map((report) => ('thresholds' in report ? report.thresholds : []))
    .filter(({ length }) => length > 0);
  const thresholds = found.at(-1);
  if (thresholds === undefined) {
    throw new UsageError('no protocol here gives thresholds', 'verification/unseen does, and protocols with a gallery');
  }
  const model = decodeModel(new Uint8Array(await readFile(file)));
  const metadata = { ...readMetadata(model.metadata), thresholds: [...thresholds, ...thresholds.map(asDistance)] };
  const others = [...model.metadata].filter(([key]) => !key.startsWith('edgebeat.'));
  const bytes = encodeModel({ ...model, metadata: new Map([...others, ...writeMetadata(metadata)]) });
  await writeAtomically(file, [bytes]);
}

function asDistance(threshold: VerificationThreshold): VerificationThreshold {
  return { ...threshold, metric: 'euclidean', value: Math.sqrt(2 - 2 * threshold.value) };
}
