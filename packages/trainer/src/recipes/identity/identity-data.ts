/** The recordings that an identity network trains on. */
import type { DataSetRecord } from '../../datasets/data-set.js';
import { type IdentityStretch, identityStretches } from '../../datasets/identity-stretches.js';
import { dataSetNameOf, personKeyOf } from '../../datasets/person-names.js';
import { formatTrainingRecord } from '../../datasets/record-part.js';
import type { WindowPart } from '../../protocols/window-part.js';
import { RecipeError } from '../../recipe-error.js';

/** Windows of one record. */
export interface RecordedWindows {
  /** Index of the person. */
  readonly person: number;
  /** Where each window can be cut from; at least one. */
  readonly windows: readonly RecordedWindow[];
}

export interface RecordedWindow {
  readonly signal: IdentityStretch['signal'];
  readonly starts: readonly [number, number, number];
}

export interface IdentityData {
  /** Classes of `logits`, in order: `Person_01`, or `ecg-id/Person_01` where there are several data sets. */
  readonly persons: readonly string[];
  /** Records that hold a window. */
  readonly records: readonly RecordedWindows[];
  /** Names of the data sets. */
  readonly dataSets: readonly string[];
  /** Entries of `edgebeat.training`: everything given, with or without a window. */
  readonly trainingRecords: readonly string[];
}

/**
 * Reads the recordings.
 *
 * @throws RecordError for a record that cannot be read; RecipeError where there are not two persons to tell apart.
 */
export async function loadIdentityData(parts: readonly WindowPart[]): Promise<IdentityData> {
  const dataSets = [...new Set(parts.map(({ record }) => dataSetNameOf(record)))];
  const nameOf = (record: DataSetRecord) => (dataSets.length > 1 ? personKeyOf(record) : record.subject);
  const persons = [...new Set(parts.map(({ record }) => nameOf(record)))];
  const records: RecordedWindows[] = [];
  for (const { record, part, includes = () => true } of parts) {
    // How beats are normalised does not matter: they are cut anew.
    const stretches = await identityStretches(record, { part, normalize: 'none' });
    const windows = stretches
      .flatMap(({ signal, windows: placed }) => placed.map(({ starts }) => ({ signal, starts })))
      .filter((_, index) => includes(index));
    if (windows.length > 0) records.push({ person: persons.indexOf(nameOf(record)), windows });
  }
  const present = new Set(records.map(({ person }) => person));
  if (present.size < 2) {
    throw new RecipeError(
      `recordings of ${present.size} persons hold three consecutive beats`,
      'There is nobody to tell apart: train on recordings of at least two persons.',
    );
  }
  return {
    persons,
    records,
    dataSets,
    trainingRecords: parts.map(({ record, part }) => formatTrainingRecord({ id: record.id, part })),
  };
}
