/** Keeps models from being judged on what they were trained on. */
import type { Training } from '@edgebeat/graph';
import type { DataSetRecord } from '../datasets/data-set.js';
import type { EvaluationReport } from '../report/evaluation-report.js';
import { ProtocolError } from './protocol-error.js';

/**
 * What a model has seen of a protocol's persons.
 *
 * @param training `edgebeat.training` of the model.
 * @param dataSet name of the protocol's data set.
 * @throws ProtocolError when a probe was a training record, or when the model was trained on the data set and does not tell
 * on which records.
 */
export function trainingOverlap(
  training: Training | undefined,
  dataSet: string,
  gallery: readonly DataSetRecord[],
  probes: readonly DataSetRecord[],
): EvaluationReport['training'] {
  if (training === undefined) return 'unstated';
  const seen = new Set(training.records);
  const known = probes.filter(({ id }) => seen.has(id));
  if (known.length > 0) {
    throw new ProtocolError(
      `the model was trained on ${known.length} of the ${probes.length} test records, ${known[0]!.id} for one`,
      'Its figures would mean nothing. Train without the test records, or choose a protocol that holds others.',
    );
  }
  if (training.data.includes(dataSet) && !training.records.some((record) => record.startsWith(`${dataSet}/`))) {
    throw new ProtocolError(
      `the model was trained on ${dataSet}, but its metadata do not list the records`,
      'List every training record in edgebeat.training, so that it is plain which ones may test it.',
    );
  }
  return gallery.some(({ id }) => seen.has(id)) ? 'gallery' : 'unseen';
}
