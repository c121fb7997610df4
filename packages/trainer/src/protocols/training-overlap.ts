/** Keeps models from being judged on what they were trained on. */
import type { Training } from '@edgebeat/graph';
import type { DataSet, DataSetRecord } from '../datasets/data-set.js';
import { DataSetError } from '../datasets/data-set-error.js';
import {
  formatTrainingRecord,
  parseTrainingRecord,
  partsOverlap,
  type RecordPart,
  type TrainingRecord,
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

/** Whom a gallery protocol lets probe, after what a model has seen. */
export interface ProbesLeft<R extends DataSetRecord = DataSetRecord> {
  readonly probes: readonly R[];
  readonly training: GalleryReport['training'];
  /** Where `training` is `others`: how many persons and records would probe but for it. */
  readonly leftOut?: { readonly subjects: number; readonly records: number };
}

/**
 * The probes on which a model can be judged. The rule: a model that has seen no probe record is judged on all of them, whether it
 * was trained on gallery records or not. Of a model that has seen some, the persons in its training do not probe, with none of
 * their records; they stay in the gallery, for others to be taken for. The gallery is never made smaller.
 *
 * @param dataSet name of the protocol's data set.
 * @throws ProtocolError when nobody is left to probe, or as `trainingRecordsOf`.
 */
export function unseenProbes<R extends DataSetRecord>(
  training: Training | undefined,
  dataSet: string,
  gallery: readonly DataSetRecord[],
  probes: readonly R[],
): ProbesLeft<R> {
  const seen = trainingRecordsOf(training, dataSet);
  if (seen === undefined) return { probes, training: 'unstated' };
  const ids = new Set(seen.map(({ id }) => id));
  const isSeen = ({ id }: DataSetRecord) => ids.has(id);
  if (!probes.some(isSeen)) return { probes, training: gallery.some(isSeen) ? 'gallery' : 'unseen' };
  const known = new Set([...gallery, ...probes].filter(isSeen).map(({ subject }) => subject));
  const left = probes.filter(({ subject }) => !known.has(subject));
  if (left.length === 0) {
    throw new ProtocolError(
      `the model was trained on all ${subjectsOf(probes)} persons who would probe, ${probes.find(isSeen)!.id} for one`,
      'Its figures would mean nothing. Train without the probe records, or without some of the persons.',
    );
  }
  const leftOut = { subjects: subjectsOf(probes) - subjectsOf(left), records: probes.length - left.length };
  return { probes: left, training: 'others', leftOut };
}

/**
 * Holds a model to strangers: it may have seen nothing of the persons that test, no other record of theirs either.
 *
 * @param tested data sets, with nobody in them but these persons.
 * @throws ProtocolError when it has, or as `trainingRecordsOf`.
 */
export function requireStrangers(training: Training | undefined, tested: readonly DataSet[]): 'unseen' | 'unstated' {
  for (const { name, subjects } of tested) {
    const persons = new Set(subjects.map((subject) => subject.name));
    // In every data set the person's name is a folder in the ids of their records.
    const known = trainingRecordsOf(training, name)?.find(({ id }) => id.split('/').some((part) => persons.has(part)));
    if (known !== undefined) {
      throw new ProtocolError(
        `the model was trained on ${known.id}, a record of a person who tests here as a stranger`,
        'Its figures would mean nothing. Train without the held-out persons (heldOutSubjects of @edgebeat/trainer).',
      );
    }
  }
  return training === undefined ? 'unstated' : 'unseen';
}

function subjectsOf(records: readonly DataSetRecord[]): number {
  return new Set(records.map(({ subject }) => subject)).size;
}
