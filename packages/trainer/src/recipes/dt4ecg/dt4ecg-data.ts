/** The recordings that DT4ECG trains on, and those it is watched on. */

import { type KalouskovaRecord, kalouskova, kalouskovaActivities } from '../../datasets/kalouskova.js';
import { formatTrainingRecord, partsOverlap, type RecordPart } from '../../datasets/record-part.js';
import { type SignalStretch, signalStretches } from '../../datasets/stretches.js';
import { RecipeError } from '../../recipe-error.js';
import type { LabelledStretch } from './activity-examples.js';

export interface Dt4EcgData {
  /** Classes of `identity`, in order. */
  readonly persons: readonly string[];
  /** Classes of `activity`, in order. */
  readonly activities: readonly string[];
  readonly training: readonly LabelledStretch[];
  readonly validation: readonly LabelledStretch[];
  /** Entries of `edgebeat.training`. */
  readonly trainingRecords: readonly string[];
}

export interface Dt4EcgDataOptions {
  readonly trainPart: RecordPart;
  readonly validationPart?: RecordPart;
  /** Records that train and are watched; default all. A person without any is no class. */
  readonly isIncluded?: (record: KalouskovaRecord) => boolean;
}

/**
 * Reads the recordings.
 *
 * @param dataDir folder of the data set, or the one above it.
 * @throws DataSetError, RecordError for data that are not there or cannot be read; RecipeError where nothing is included, and
 * for parts that share samples.
 */
export async function loadDt4EcgData(dataDir: string, options: Dt4EcgDataOptions): Promise<Dt4EcgData> {
  const { trainPart, validationPart } = options;
  if (validationPart && partsOverlap(trainPart, validationPart)) {
    throw new RecipeError(
      `the part to validate on, [${validationPart.from}, ${validationPart.to}), shares samples with the one to train on, [${trainPart.from}, ${trainPart.to})`,
      'Give parts that only touch.',
    );
  }
  const { subjects } = await kalouskova(dataDir);
  const included = subjects.flatMap(({ records }) => records).filter(options.isIncluded ?? (() => true));
  if (included.length === 0) throw new RecipeError('no recording is left to train on', 'Include some of them.');
  const persons = [...new Set(included.map(({ subject }) => subject))].sort();
  const read = async (part: RecordPart) => {
    const stretches: SignalStretch<KalouskovaRecord>[] = [];
    for (const record of included) stretches.push(...(await signalStretches(record, part)));
    return stretches.map(({ record, samples }) => ({
      samples,
      identity: persons.indexOf(record.subject),
      activity: kalouskovaActivities.indexOf(record.activity),
    }));
  };
  return {
    persons,
    activities: kalouskovaActivities,
    training: await read(trainPart),
    validation: validationPart ? await read(validationPart) : [],
    // The validation part counts as seen, too: it chose the weights.
    trainingRecords: [trainPart, ...(validationPart ? [validationPart] : [])].flatMap((part) =>
      included.map(({ id }) => formatTrainingRecord({ id, part })),
    ),
  };
}
