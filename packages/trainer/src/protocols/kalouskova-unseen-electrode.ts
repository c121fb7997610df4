/**
 * `kalouskova/unseen-electrode`: identity and activity in the whole records of the electrodes that the model has not seen. Which
 * they are is told by `edgebeat.training`; a model that does not state its training is tested on all, and the report says so.
 */
import { type KalouskovaElectrode, kalouskovaElectrodes } from '../datasets/kalouskova.js';
import { wholeRecord } from '../datasets/record-part.js';
import { kalouskovaProtocol, seenLabels } from './kalouskova-protocol.js';
import { ProtocolError } from './protocol-error.js';

export const kalouskovaUnseenElectrode = kalouskovaProtocol({
  name: 'kalouskova/unseen-electrode',
  description: 'Kalouskova: identity and activity in the whole records of the electrodes that the model has not seen',
  tasks: ['identity', 'activity'],
  select({ subjects }, seen) {
    const known = new Set(seenLabels(seen).map(({ electrode }) => electrode));
    const records = subjects.flatMap((subject) => subject.records);
    const unknown = records.filter(({ electrode }) => !known.has(electrode));
    if (unknown.length === 0) {
      const present = [...new Set(records.map(({ electrode }) => electrode))] as KalouskovaElectrode[];
      throw new ProtocolError(
        `the model was trained on all electrodes: ${present.map((one) => `${one} (${kalouskovaElectrodes[one]})`).join(', ')}`,
        'Train without one of them, or choose kalouskova/time-split.',
      );
    }
    return unknown.map((record) => ({ record, part: wholeRecord }));
  },
});
