/**
 * `kalouskova/time-split`: the last 30 % of each of the 150 records test; the first 70 % of the same records are free for
 * training. It tells how well a model knows its own wearers some seconds later, on the same day with the same electrodes: not
 * how well it knows them on another day, nor anybody else.
 */
import { kalouskovaTestPart } from '../datasets/kalouskova.js';
import { kalouskovaProtocol } from './kalouskova-protocol.js';

export const kalouskovaTimeSplit = kalouskovaProtocol({
  name: 'kalouskova/time-split',
  description: 'Kalouskova: identity and activity in the last 30 % of each record; the first 70 % are for training',
  tasks: ['identity', 'activity'],
  select: ({ subjects }) =>
    subjects.flatMap(({ records }) => records.map((record) => ({ record, part: kalouskovaTestPart }))),
});
