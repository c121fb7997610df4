/** What the protocols on Kalouskova's data set have in common: how it is loaded, a row per electrode and per activity. */
import {
  type KalouskovaElectrode,
  type KalouskovaRecord,
  kalouskova,
  kalouskovaActivities,
  kalouskovaElectrodes,
  kalouskovaLabels,
  kalouskovaPublication,
} from '../datasets/kalouskova.js';
import type { TrainingRecord } from '../datasets/record-part.js';
import { type ClassificationDefinition, classificationProtocol } from './classification-protocol.js';
import type { ClassificationProtocol } from './protocol.js';
import { ProtocolError } from './protocol-error.js';

export function kalouskovaProtocol(
  definition: Pick<ClassificationDefinition<KalouskovaRecord>, 'name' | 'description' | 'tasks' | 'select'>,
): ClassificationProtocol {
  const electrodes = Object.keys(kalouskovaElectrodes).sort() as KalouskovaElectrode[];
  return classificationProtocol({
    ...definition,
    publication: kalouskovaPublication,
    load: kalouskova,
    conditions: [
      ...electrodes.map((electrode) => ({
        condition: `electrode ${electrode} (${kalouskovaElectrodes[electrode]})`,
        suffix: `Electrode${electrode}`,
        belongs: (record: KalouskovaRecord) => record.electrode === electrode,
      })),
      ...kalouskovaActivities.map((activity) => ({
        condition: activity,
        suffix: activity.charAt(0).toUpperCase() + activity.slice(1),
        belongs: (record: KalouskovaRecord) => record.activity === activity,
      })),
    ],
  });
}

/**
 * Persons, electrodes and activities that occur in what a model was trained on, if only in a part of one record.
 *
 * @throws ProtocolError for a training record that cannot be one of this data set: it is not known whom it shows.
 */
export function seenLabels(seen: readonly TrainingRecord[]): NonNullable<ReturnType<typeof kalouskovaLabels>>[] {
  return seen.map(({ id }) => {
    const labels = kalouskovaLabels(id);
    if (labels !== undefined) return labels;
    throw new ProtocolError(
      `edgebeat.training of the model names ${id}, which is no record of ${kalouskovaPublication.name}`,
      'Records are named kalouskova/PERSON/PERSON_ELECTRODE_ACTIVITY: kalouskova/01/01_01_beh.',
    );
  });
}
