/** Keeps models from being judged on what they were trained on. */
import type { Training } from '@edgebeat/graph';
import type { DataSetRecord } from '../datasets/data-set.js';
import { DataSetError } from '../datasets/data-set-error.js';
import {
  formatTrainingRecord,
  parseTrainingRecord,
  partsOverlap,
  type RecordPart,
  type TrainingRecord,
  wholeRecord,
} from '../datasets/record-part.js';
import type { GalleryReport } from '../report/evaluation-report.js';
import { ProtocolError } from './protocol-error.js';

/** A record, or a part of it, that tests. */
export interface TestPart<R extends DataSetRecord = DataSetRecord> {
  readonly record: R;
  readonly part: RecordPart;
}

/**
 * What a model was trained on, of one data set.
 *
 * @param training `edgebeat.training` of the model.
 * @returns undefined when the metadata state nothing about training.
 * @throws ProtocolError when the model was trained on the data set and does not tell on which records, or not readably.
 */
export function trainingRecordsOf(training: Training | undefined, dataSet: string): TrainingRecord[] | undefined {
  if (training === undefined) return undefined;
  const records = training.records.filter((record) => record.startsWith(`${dataSet}/`));
  if (training.data.includes(dataSet) && records.length === 0) {
    throw new ProtocolError(
      `the model was trained on ${dataSet}, but its metadata do not list the records`,
      'List every training record in edgebeat.training, so that it is plain which ones may test it.',
    );
  }
  try {
    return records.map(parseTrainingRecord);
  } catch (error) {
    if (!(error instanceof DataSetError)) throw error;
    throw new ProtocolError(`edgebeat.training of the model: ${error.message}`, error.hint);
  }
}

/**
 * Whether a model has seen nothing of the records that test, or only other parts of them.
 *
 * @param seen what `trainingRecordsOf` gives.
 * @throws ProtocolError when it has seen samples that test.
 */
export function requireUnseen(seen: readonly TrainingRecord[], tests: readonly TestPart[]): 'unseen' | 'parts' {
  const parts = new Map<string, RecordPart[]>();
  for (const { id, part } of seen) parts.set(id, [...(parts.get(id) ?? []), part]);
  const known = tests.filter(({ record, part }) => parts.get(record.id)?.some((one) => partsOverlap(one, part)));
  if (known.length > 0) {
    const example = formatTrainingRecord({ id: known[0]!.record.id, part: known[0]!.part });
    throw new ProtocolError(
      `the model was trained on ${known.length} of the ${tests.length} test records, ${example} for one`,
      'Its figures would mean nothing. Train without the test records, or choose a protocol that holds others.',
    );
  }
  return tests.some(({ record }) => parts.has(record.id)) ? 'parts' : 'unseen';
}

/**
 * What a model has seen of the persons of a gallery protocol.
 *
 * @param dataSet name of the protocol's data set.
 * @throws ProtocolError when a probe was a training record, or as `trainingRecordsOf`.
 */
export function trainingOverlap(
  training: Training | undefined,
  dataSet: string,
  gallery: readonly DataSetRecord[],
  probes: readonly DataSetRecord[],
): GalleryReport['training'] {
  const seen = trainingRecordsOf(training, dataSet);
  if (seen === undefined) return 'unstated';
  requireUnseen(
    seen,
    probes.map((record) => ({ record, part: wholeRecord })),
  );
  const ids = new Set(seen.map(({ id }) => id));
  return gallery.some(({ id }) => ids.has(id)) ? 'gallery' : 'unseen';
}
