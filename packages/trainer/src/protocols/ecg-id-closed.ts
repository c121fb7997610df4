/**
 * `ecg-id/closed`: the last 30 % of each of the 310 records test, the first 70 % of the same records are for training. It tells
 * how well 90 known persons are told apart some seconds later, with the same electrodes: not on another day.
 */
import { ecgId } from '../datasets/ecg-id.js';
import { closedSetProtocol } from './closed-set-protocol.js';
import { splitInTime } from './split-in-time.js';

export const ecgIdClosed = closedSetProtocol({
  name: 'ecg-id/closed',
  description: 'ECG-ID: who of the 90 persons it is in the last 30 % of each record; the first 70 % are for training',
  load: ecgId,
  split: splitInTime,
  leaky: false,
});
