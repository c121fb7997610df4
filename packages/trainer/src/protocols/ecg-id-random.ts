/**
 * `ecg-id/random`: a random 80 % of the windows of each record train, the others test. It leaks: a test window shares beats with
 * training windows beside it, so the figures say little about recognising anybody. It is here only because published figures
 * (99.56 % for one) were made so, and should stand beside figures that were made the same way.
 */
import { ecgId } from '../datasets/ecg-id.js';
import { wholeRecord } from '../datasets/record-part.js';
import { RandomGenerator } from '../random/random-generator.js';
import { closedSetProtocol } from './closed-set-protocol.js';

const name = 'ecg-id/random';
const trainingShare = 0.8;

export const ecgIdRandom = closedSetProtocol({
  name,
  description:
    'ECG-ID: who of the 90 persons it is in a random 20 % of the windows, the others are for training; LEAKY, they share beats',
  load: ecgId,
  split: ({ subjects }) =>
    subjects.flatMap(({ records }) =>
      records.map((record) => {
        const trains = isTrainingWindow(record.id);
        const shared = { record, part: wholeRecord };
        return {
          training: { ...shared, includes: trains },
          test: { ...shared, includes: (window) => !trains(window) },
        };
      }),
    ),
  leaky: true,
});

/** The split depends on the record's id and the window's number alone: not on the order of records, nor on what is there. */
function isTrainingWindow(id: string): (window: number) => boolean {
  const generator = new RandomGenerator(name).fork(id);
  return (window) => generator.fork(window).uniform() < trainingShare;
}
