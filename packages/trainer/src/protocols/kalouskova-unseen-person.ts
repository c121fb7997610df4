/**
 * `kalouskova/unseen-person`: the activity of persons of whom the model has seen nothing, in their whole records, all
 * electrodes. Who they are is told by `edgebeat.training`; a model that does not state its training is tested on all, and the
 * report says so.
 */
import { wholeRecord } from '../datasets/record-part.js';
import { kalouskovaProtocol, seenLabels } from './kalouskova-protocol.js';
import { ProtocolError } from './protocol-error.js';

export const kalouskovaUnseenPerson = kalouskovaProtocol({
  name: 'kalouskova/unseen-person',
  description: 'Kalouskova: activity in the whole records of the persons of whom the model has seen nothing',
  tasks: ['activity'],
  select({ subjects }, seen) {
    const known = new Set(seenLabels(seen).map(({ subject }) => subject));
    const unknown = subjects.filter(({ name }) => !known.has(name));
    if (unknown.length === 0) {
      throw new ProtocolError(
        `the model was trained on all ${subjects.length} persons: ${subjects.map(({ name }) => name).join(', ')}`,
        'Train without some persons, or choose kalouskova/time-split.',
      );
    }
    return unknown.flatMap(({ records }) => records.map((record) => ({ record, part: wholeRecord })));
  },
});
